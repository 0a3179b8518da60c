using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Storage;

internal static class ContentVersionQuery
{
    /// <summary>The state of the content as the database has it at this moment.</summary>
    public static Task<ContentVersion> ReadContentVersionAsync(this PapersDb db, CancellationToken cancellationToken) =>
        db.ChangeCounters.AsNoTracking().Select(c => new ContentVersion(c.Lineage, c.Value)).SingleAsync(cancellationToken);

    /// <summary>
    /// The papers that changed between two states, none where something else did; null when that cannot be told or they are
    /// more than <paramref name="most"/>, so that whatever is kept of any paper may be out of date.
    /// </summary>
    public static async Task<List<long>?> ReadChangedPapersAsync(this PapersDb db, ContentVersion from, ContentVersion to, int most, CancellationToken cancellationToken)
    {
        if (from.Lineage != to.Lineage || from.Number > to.Number)
            return null;
        var changed = await db.Papers.AsNoTracking()
            .Where(p => p.ChangeSequence > from.Number)
            .OrderBy(p => p.ChangeSequence)
            .Select(p => p.Id)
            .Take(most + 1)
            .ToListAsync(cancellationToken);
        return changed.Count > most ? null : changed;
    }
}
