using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>The account itself and what it signs in with; never a secret.</summary>
internal sealed class AccountPersonalData : IPersonalData
{
    public string Name => "account";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var account = await db.Users.AsNoTracking()
            .Where(a => a.Id == accountId)
            .Select(a => new { a.Id, a.Email, a.EmailConfirmed, a.DisplayName, a.Role, a.Trust, a.Language, a.CreatedAt, a.BannedUntil, a.BanReason, a.TwoFactorEnabled })
            .SingleAsync(cancellationToken);
        var providers = await db.UserLogins.Where(l => l.UserId == accountId)
            .Select(l => new { l.LoginProvider, l.ProviderKey, l.ProviderDisplayName })
            .ToListAsync(cancellationToken);
        var passkeys = await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == accountId).ToListAsync(cancellationToken);
        return new
        {
            Account = account,
            Providers = providers,
            Passkeys = passkeys.Select(p => new { p.Data.Name, p.Data.CreatedAt }).ToList(),
        };
    }

    // The account's own rows go with it, by their foreign keys; so does its name with the people it invited.
    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) => Task.CompletedTask;
}
