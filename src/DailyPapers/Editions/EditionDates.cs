using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions;

/// <summary>In which editions papers are.</summary>
internal static class EditionDates
{
    /// <summary>The newest edition of each paper that is in one.</summary>
    public static async Task<IReadOnlyDictionary<long, DateOnly>> EditionDatesAsync(this PapersDb db, long[] paperIds, CancellationToken cancellationToken)
    {
        var entries = await db.EditionEntries.AsNoTracking()
            .Where(entry => EF.Parameter(paperIds).Contains(entry.PaperId))
            .Join(db.Editions, entry => entry.EditionId, edition => edition.Id, (entry, edition) => new { entry.PaperId, edition.Date })
            .ToListAsync(cancellationToken);
        return entries.GroupBy(e => e.PaperId).ToDictionary(same => same.Key, same => same.Max(e => e.Date));
    }
}
