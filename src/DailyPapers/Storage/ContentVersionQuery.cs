using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Storage;

internal static class ContentVersionQuery
{
    /// <summary>The state of the content as the database has it at this moment.</summary>
    public static Task<ContentVersion> ReadContentVersionAsync(this PapersDb db, CancellationToken cancellationToken) =>
        db.ChangeCounters.AsNoTracking().Select(c => new ContentVersion(c.Lineage, c.Value)).SingleAsync(cancellationToken);
}
