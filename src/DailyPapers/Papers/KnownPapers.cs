using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Papers;

/// <summary>The stored papers that a batch of records may mean.</summary>
internal sealed class KnownPapers
{
    private readonly Dictionary<string, Paper> _byArxivId = [];
    private readonly Dictionary<string, Paper> _byDoi = [];
    private readonly Dictionary<string, List<Paper>> _byFingerprint = [];
    private readonly Dictionary<PaperRecord, string> _fingerprints = new(ReferenceEqualityComparer.Instance);

    public static async Task<KnownPapers> LoadAsync(PapersDb db, IReadOnlyList<PaperRecord> records, CancellationToken cancellationToken)
    {
        var arxivIds = records.Where(r => r.Arxiv is not null).Select(r => r.Arxiv!.Value.Id).Distinct().ToArray();
        var dois = records.Where(r => r.Doi is not null).Select(r => r.Doi!).Distinct().ToArray();
        var known = new KnownPapers();
        foreach (var record in records)
            known._fingerprints[record] = TitleFingerprints.Of(record.Title, record.Authors.FirstOrDefault()?.Name);
        var fingerprints = known._fingerprints.Values.Distinct().ToArray();
        var stored = await db.Papers
            .Where(p => EF.Parameter(arxivIds).Contains(p.ArxivId)
                || EF.Parameter(dois).Contains(p.Doi)
                || EF.Parameter(fingerprints).Contains(p.TitleFingerprint))
            .ToListAsync(cancellationToken);
        foreach (var paper in stored)
            known.Remember(paper);
        return known;
    }

    /// <summary>The paper a record means: by arXiv id, by DOI, or by title and first author where no identifier contradicts.</summary>
    public Paper? Find(PaperRecord record)
    {
        if (record.Arxiv is { } arxiv && _byArxivId.TryGetValue(arxiv.Id, out var paper))
            return paper;
        if (record.Doi is { } doi && _byDoi.TryGetValue(doi, out paper) && !Contradicts(paper, record))
            return paper;
        return _byFingerprint.TryGetValue(_fingerprints[record], out var candidates)
            ? candidates.Find(candidate => !Contradicts(candidate, record))
            : null;
    }

    /// <summary>
    /// The record, without its DOI when another paper than <paramref name="meant"/> has that: publishers give parts and
    /// errata the DOI of the whole, and one such record must not keep its neighbours from being stored.
    /// </summary>
    public PaperRecord WithoutTakenDoi(PaperRecord record, Paper? meant) =>
        record.Doi is { } doi && _byDoi.TryGetValue(doi, out var holder) && holder != meant ? record with { Doi = null } : record;

    public void Remember(Paper paper)
    {
        if (paper.ArxivId is { } arxivId)
            _byArxivId[arxivId] = paper;
        if (paper.Doi is { } doi)
            _byDoi[doi] = paper;
        if (!_byFingerprint.TryGetValue(paper.TitleFingerprint, out var same))
            _byFingerprint[paper.TitleFingerprint] = same = [];
        if (!same.Contains(paper))
            same.Add(paper);
    }

    private static bool Contradicts(Paper paper, PaperRecord record) =>
        (paper.ArxivId is not null && record.Arxiv is not null && paper.ArxivId != record.Arxiv.Value.Id)
        || (paper.Doi is not null && record.Doi is not null && paper.Doi != record.Doi);
}
