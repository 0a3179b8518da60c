using DailyPapers.Search.Semantic;
using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Scoring;

/// <summary>
/// Measures how new what a paper says is: 1 minus the cosine to the most similar paper of the 30 days before it. Once for
/// each paper of the last 30 days, as soon as it has its vector.
/// </summary>
public sealed class NoveltyMeasuring(IDbContextFactory<PapersDb> contexts, SemanticIndex vectors, PaperScoring scoring, TimeProvider time)
{
    private const int BatchSize = 100;
    private const int NeighboursLookedAt = 64;
    private const int DaysCompared = 30;

    /// <summary>Measures what is not measured yet.</summary>
    /// <returns>How many papers were measured.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var measured = 0;
        while (await MeasureAsync(cancellationToken) is var batch and > 0)
            measured += batch;
        return measured;
    }

    private async Task<int> MeasureAsync(CancellationToken cancellationToken)
    {
        using var lease = vectors.Acquire();
        if (lease is null)
            return 0;
        var since = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-DaysCompared);
        var reached = lease.Vectors.Version.Number;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var papers = await db.Papers.AsNoTracking()
            .Where(p => p.Published >= since && p.ChangeSequence <= reached && !db.PaperScores.Any(s => s.PaperId == p.Id && s.Novelty != null))
            .OrderBy(p => p.Id)
            .Select(p => new RecentPaper(p.Id, p.Published))
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        if (papers.Count == 0)
            return 0;

        var neighbours = papers.ToDictionary(p => p.Id, p => NeighboursOf(p.Id, lease.Vectors, cancellationToken));
        var ids = neighbours.Values.SelectMany(hits => hits).Select(hit => hit.PaperId).Distinct().ToArray();
        var published = await db.Papers.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Published, cancellationToken);
        await StoreAsync(db, [.. papers.Select(paper => Measured(paper, neighbours[paper.Id], published))], cancellationToken);
        return papers.Count;
    }

    private static IReadOnlyList<VectorHit> NeighboursOf(long paperId, VectorSnapshot vectors, CancellationToken cancellationToken)
    {
        var vector = new float[vectors.Dimensions];
        return vectors.TryGetVector(paperId, vector)
            ? [.. vectors.Search(vector, NeighboursLookedAt, cancellationToken: cancellationToken).Where(hit => hit.PaperId != paperId)]
            : [];
    }

    // Of two papers that came on one day the first is new. Where none of the neighbours is recent, the farthest bounds what might be.
    private static Measurement Measured(RecentPaper paper, IReadOnlyList<VectorHit> neighbours, Dictionary<long, DateOnly> published)
    {
        foreach (var hit in neighbours)
        {
            if (published.TryGetValue(hit.PaperId, out var date) && IsBefore(date, hit.PaperId, paper))
                return new(paper.Id, NoveltyOf(hit), hit.PaperId);
        }
        return new(paper.Id, neighbours.Count >= NeighboursLookedAt - 1 ? NoveltyOf(neighbours[^1]) : neighbours.Count > 0 ? 1 : 0, null);
    }

    private static bool IsBefore(DateOnly date, long id, RecentPaper paper) =>
        date >= paper.Published.AddDays(-DaysCompared) && (date < paper.Published || (date == paper.Published && id < paper.Id));

    private static double NoveltyOf(VectorHit nearest) => 1 - Math.Clamp(nearest.Score, 0, 1);

    private async Task StoreAsync(PapersDb db, IReadOnlyList<Measurement> measured, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ids = measured.Select(m => m.PaperId).ToArray();
        await scoring.RefreshAsync(db, ids, cancellationToken);
        foreach (var score in await db.PaperScores.Where(s => EF.Parameter(ids).Contains(s.PaperId)).ToListAsync(cancellationToken))
        {
            var measurement = measured.First(m => m.PaperId == score.PaperId);
            (score.Novelty, score.NearestPaperId) = (measurement.Novelty, measurement.Nearest);
        }
        await db.SaveChangesAsync(cancellationToken);
        await scoring.RefreshAsync(db, ids, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record RecentPaper(long Id, DateOnly Published);

    private sealed record Measurement(long PaperId, double Novelty, long? Nearest);
}
