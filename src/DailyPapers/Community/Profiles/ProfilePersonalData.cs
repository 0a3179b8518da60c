using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Profiles;

/// <summary>What a person shows of themselves.</summary>
internal sealed class ProfilePersonalData : IPersonalData
{
    public string Name => "profile";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await db.Profiles.AsNoTracking().Where(p => p.AccountId == accountId).Select(p => new { p.About, p.ShowsUpvotes }).ToListAsync(cancellationToken);

    public async Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        await db.Profiles.Where(p => p.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
    }
}
