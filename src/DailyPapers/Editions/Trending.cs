using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions;

/// <summary>Ranks recent papers by upvotes that fade with age.</summary>
public sealed class Trending(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    private const int EditionsConsidered = 30;

    /// <summary>
    /// The score: (votes + 0.2 · log2(1 + Hugging Face votes) + 1)^0.8 / (age in days + 2)^1.2. It grows with votes,
    /// falls with age, and an unvoted paper of today stands above an unvoted one of yesterday. Votes given elsewhere count
    /// little, since they came from a larger crowd.
    /// </summary>
    public static double Score(int upvotes, int? huggingFaceUpvotes, TimeSpan age) =>
        Math.Pow(upvotes + (0.2 * Math.Log2(1 + (huggingFaceUpvotes ?? 0))) + 1, 0.8) / Math.Pow(Math.Max(age.TotalDays, 0) + 2, 1.2);

    /// <summary>The <paramref name="count"/> papers of the newest editions with the highest scores.</summary>
    public async Task<IReadOnlyList<ListedPaper>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var dates = await db.Editions.AsNoTracking().OrderByDescending(e => e.Date).Take(EditionsConsidered).Select(e => e.Date).ToListAsync(cancellationToken);
        if (dates.Count == 0)
            return [];
        var since = dates[^1];
        var candidates = await db.Editions.AsNoTracking()
            .Where(e => e.Date >= since)
            .SelectMany(e => e.Entries, (e, entry) => new { e.Date, entry.Position, entry.PaperId, entry.Paper!.Upvotes, entry.Paper.HuggingFaceUpvotes })
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var ranked = candidates
            .GroupBy(c => c.PaperId)
            .Select(same => same.MaxBy(c => c.Date)!)
            .OrderByDescending(c => Score(c.Upvotes, c.HuggingFaceUpvotes, now - c.Date.ToDateTime(TimeOnly.MinValue)))
            .ThenBy(c => c.Position)
            .Take(count)
            .ToList();

        var ids = ranked.Select(c => c.PaperId).ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        return await db.ListAsync(ranked.Select(c => (papers[c.PaperId], (DateOnly?)c.Date)).ToList(), cancellationToken);
    }
}
