using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Papers;

/// <summary>Reads single papers.</summary>
public sealed class PaperReader(IDbContextFactory<PapersDb> contexts)
{
    /// <summary>
    /// The paper a URL or a person means: its key, an arXiv id with or without version, or the key it had before an
    /// identifier became known. Null when there is none.
    /// </summary>
    public async Task<Paper?> FindAsync(string text, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = ArxivId.TryParse(text, out var arxiv) ? arxiv.Id : text;
        var paper = await db.Papers.AsNoTracking().SingleOrDefaultAsync(p => p.Key == key, cancellationToken);
        if (paper is null && key.StartsWith("t-", StringComparison.Ordinal))
        {
            var fingerprint = key[2..];
            paper = await db.Papers.AsNoTracking().OrderBy(p => p.Id).FirstOrDefaultAsync(p => p.TitleFingerprint == fingerprint, cancellationToken);
        }
        return paper;
    }

    /// <summary>The paper that the lab knows by this name, or null when the feed does not have it.</summary>
    public async Task<Paper?> FindInLabAsync(string labSlug, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Papers.AsNoTracking().FirstOrDefaultAsync(p => p.LabSlug == labSlug, cancellationToken);
    }

    /// <summary>The papers of these identities, in their order; those that there are not are left out.</summary>
    public async Task<IReadOnlyList<Paper>> ReadAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var wanted = ids.ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(wanted).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        return [.. ids.Where(papers.ContainsKey).Select(id => papers[id])];
    }
}
