using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Search.Saving;

/// <summary>The searches a person keeps.</summary>
internal sealed class SavedSearchPersonalData : IPersonalData
{
    public string Name => "savedSearches";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await db.SavedSearches.AsNoTracking()
            .Where(s => s.AccountId == accountId)
            .OrderBy(s => s.CreatedAt)
            .Select(s => new { s.Name, s.Query, s.CreatedAt })
            .ToListAsync(cancellationToken);

    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        db.SavedSearches.Where(s => s.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
}
