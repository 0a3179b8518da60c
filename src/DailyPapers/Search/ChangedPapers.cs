using System.Linq.Expressions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Search;

/// <summary>A page of the papers that changed since an index last read, in the order of their changes.</summary>
/// <param name="Papers">What the index reads of each.</param>
/// <param name="Reached">The change that an index has reached once it holds them.</param>
/// <param name="IsLast">True when nothing up to the content that was asked about is left.</param>
internal sealed record ChangedPapers<T>(IReadOnlyList<T> Papers, ContentVersion Reached, bool IsLast)
{
    /// <summary>Reads the page after change number <paramref name="from"/>.</summary>
    /// <param name="db">The database.</param>
    /// <param name="from">The change number the index has reached.</param>
    /// <param name="now">The state of the content as read before this call.</param>
    /// <param name="size">The most papers of a page.</param>
    /// <param name="columns">Reads the columns needed and no others.</param>
    /// <param name="sequenceOf">The change number among them.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ChangedPapers<T>> ReadAsync(
        PapersDb db, long from, ContentVersion now, int size, Expression<Func<Paper, T>> columns, Func<T, long> sequenceOf, CancellationToken cancellationToken)
    {
        var page = await db.Papers.AsNoTracking()
            .Where(p => p.ChangeSequence > from)
            .OrderBy(p => p.ChangeSequence)
            .Take(size)
            .Select(columns)
            .ToListAsync(cancellationToken);
        // Numbers become visible in their order: a page that is not full has everything up to what was read before it.
        var isLast = page.Count < size;
        var last = page.Count > 0 ? sequenceOf(page[^1]) : 0;
        return new ChangedPapers<T>(page, now with { Number = isLast ? Math.Max(now.Number, last) : last }, isLast);
    }
}
