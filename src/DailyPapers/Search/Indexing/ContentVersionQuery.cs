using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Search.Indexing;

internal static class ContentVersionQuery
{
    // Every search asks this.
    private static readonly Func<PapersDb, CancellationToken, Task<ContentVersion>> Read = EF.CompileAsyncQuery(
        (PapersDb db, CancellationToken cancellationToken) => db.ChangeCounters.AsNoTracking().Select(c => new ContentVersion(c.Lineage, c.Value)).Single());

    /// <summary>The state of the content as the database has it at this moment.</summary>
    public static Task<ContentVersion> ReadContentVersionAsync(this PapersDb db, CancellationToken cancellationToken) => Read(db, cancellationToken);
}
