using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts.Links;

/// <summary>Links mailed to a person and not used yet.</summary>
internal sealed class AccountLinkPersonalData : IPersonalData
{
    public string Name => "links";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await Of(db, accountId).AsNoTracking()
            .OrderBy(l => l.CreatedAt)
            .Select(l => new { l.Purpose, l.Address, l.CreatedAt, l.ExpiresAt })
            .ToListAsync(cancellationToken);

    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        Of(db, accountId).ExecuteDeleteAsync(cancellationToken);

    private static IQueryable<AccountLink> Of(PapersDb db, long accountId) =>
        db.AccountLinks.Where(l => l.AccountId == accountId || db.Users.Any(a => a.Id == accountId && a.NormalizedEmail == l.NormalizedAddress));
}
