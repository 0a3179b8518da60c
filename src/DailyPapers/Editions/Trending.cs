using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions;

/// <summary>Ranks papers that editions have shown or readers have voted for; see <see cref="ScoreFormula"/>.</summary>
public sealed class Trending(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>The <paramref name="count"/> papers with the highest scores, the best first.</summary>
    public async Task<IReadOnlyList<ListedPaper>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var best = await BestAsync(db, count, cancellationToken);
        var ids = best.Select(s => s.PaperId).ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var dates = await db.EditionDatesAsync(ids, cancellationToken);
        return await db.ListAsync(ids.Select(id => (papers[id], dates.TryGetValue(id, out var date) ? date : (DateOnly?)null)).ToList(), cancellationToken);
    }

    /// <summary>
    /// Goes through the papers by their lasting part, which an index orders, until no further one can be among the best: so a few
    /// hundred rows are read however many papers there are, and the result is exact.
    /// </summary>
    private async Task<List<PaperScore>> BestAsync(PapersDb db, int count, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var best = new List<PaperScore>();
        for (var offset = 0; ; offset += PageSize)
        {
            var page = await db.PaperScores.AsNoTracking()
                .Where(s => db.EditionEntries.Any(e => e.PaperId == s.PaperId) || db.Papers.Any(p => p.Id == s.PaperId && p.Upvotes > 0))
                .OrderByDescending(s => s.Lasting).ThenBy(s => s.PaperId)
                .Skip(offset).Take(PageSize)
                .ToListAsync(cancellationToken);
            best = best.Concat(page)
                .OrderByDescending(s => ScoreFormula.At(s, now)).ThenBy(s => s.PaperId)
                .Take(count)
                .ToList();
            if (page.Count < PageSize || (best.Count == count && ScoreFormula.At(best[^1], now) > ScoreFormula.MostAt(page[^1], now)))
                return best;
        }
    }
}
