using DailyPapers.Papers;
using DailyPapers.Search.Loading;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Recommending;

/// <summary>
/// The features of papers, kept in memory as the database and the vectors have them now: before each use the change counter is
/// read, and what has changed since is dropped.
/// </summary>
internal sealed class FeatureTable(SemanticIndex semantic)
{
    /// <summary>How many of the newest papers recommendations are chosen from.</summary>
    public const int NewestPapers = 3_000;

    // At a good kilobyte each; at most twice as many are held.
    private const int SurelyKept = 20_000;

    private const int MostChanges = 1_000;

    private readonly Lock _gate = new();
    private readonly RecentlyUsed<long, KnownFeatures> _known = new(SurelyKept);
    private ContentVersion _version = new("", 0);
    private string? _vectors;
    private long[] _newest = [];

    /// <summary>The features of the newest papers, the newest first.</summary>
    public async Task<IReadOnlyList<KnownFeatures>> NewestAsync(PapersDb db, CancellationToken cancellationToken)
    {
        await FollowAsync(db, cancellationToken);
        long[] ids;
        lock (_gate)
            ids = _newest;
        var features = await ReadAsync(db, ids, cancellationToken);
        return ids.Where(features.ContainsKey).Select(id => features[id]).ToList();
    }

    /// <summary>The features of these papers, as far as they exist.</summary>
    public async Task<IReadOnlyDictionary<long, KnownFeatures>> OfAsync(PapersDb db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await FollowAsync(db, cancellationToken);
        return await ReadAsync(db, ids, cancellationToken);
    }

    private async Task FollowAsync(PapersDb db, CancellationToken cancellationToken)
    {
        var version = await db.ReadContentVersionAsync(cancellationToken);
        ContentVersion held;
        lock (_gate)
            held = _version;
        if (held == version)
            return;
        var changed = await db.ReadChangedPapersAsync(held, version, MostChanges, cancellationToken);
        var newest = await db.Papers.AsNoTracking().OrderByDescending(p => p.Published).ThenByDescending(p => p.Id).Select(p => p.Id).Take(NewestPapers).ToArrayAsync(cancellationToken);
        lock (_gate)
        {
            if (changed is null)
                _known.Clear();
            else
                changed.ForEach(_known.Remove);
            (_version, _newest) = (version, newest);
        }
    }

    private async Task<Dictionary<long, KnownFeatures>> ReadAsync(PapersDb db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, KnownFeatures>(ids.Count);
        using var lease = semantic.Acquire();
        var missing = new List<long>();
        ContentVersion version;
        lock (_gate)
        {
            var vectors = lease is null ? null : $"{lease.Model.Id} {lease.Vectors.Build}";
            if (vectors != _vectors)
                _known.Clear();
            (_vectors, version) = (vectors, _version);
            foreach (var id in ids)
            {
                if (_known.TryGet(id, out var features))
                    found[id] = features;
                else
                    missing.Add(id);
            }
        }
        foreach (var part in missing.Chunk(1_000))
        {
            var read = await db.Papers.AsNoTracking()
                .Where(p => EF.Parameter(part).Contains(p.Id))
                .Select(p => new { p.Id, p.Authors, p.Keywords, p.Categories, p.Published, p.AddedAt, p.IsWithdrawn })
                .ToListAsync(cancellationToken);
            foreach (var paper in read)
            {
                var terms = PaperFeatures.TermsOf(new Paper
                {
                    Key = "",
                    Title = "",
                    TitleFingerprint = "",
                    Source = "",
                    Authors = paper.Authors,
                    Keywords = paper.Keywords,
                    Categories = paper.Categories,
                });
                found[paper.Id] = new KnownFeatures(paper.Id, new PaperFeatures(VectorOf(lease, paper.Id), terms), paper.Published, paper.AddedAt, paper.IsWithdrawn);
            }
        }
        Keep(version, missing.Where(found.ContainsKey).Select(id => found[id]));
        return found;
    }

    // A paper whose vector is still being made is asked for again; so is what was read while something changed.
    private void Keep(ContentVersion version, IEnumerable<KnownFeatures> read)
    {
        lock (_gate)
        {
            if (_version != version)
                return;
            foreach (var known in read.Where(known => known.Features.Vector.Length > 0 || _vectors is null))
                _known.Add(known.PaperId, known);
        }
    }

    private static float[] VectorOf(MeaningLease? lease, long paperId)
    {
        if (lease is null)
            return [];
        var vector = new float[lease.Vectors.Dimensions];
        return lease.Vectors.TryGetVector(paperId, vector) ? vector : [];
    }
}
