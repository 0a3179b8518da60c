using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Search.Indexing;

internal static class ContentVersionQuery
{
    /// <summary>The state of the content as the database has it at this moment.</summary>
    public static async Task<ContentVersion> ReadContentVersionAsync(this PapersDb db, CancellationToken cancellationToken)
    {
        var row = await db.ChangeCounters.AsNoTracking().Select(c => new { c.Lineage, c.Value }).SingleAsync(cancellationToken);
        return new ContentVersion(row.Lineage, row.Value);
    }
}
