using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>The accounts as administrators see them.</summary>
public sealed class AccountDirectory(IDbContextFactory<PapersDb> contexts, TrustReview trust, TimeProvider time)
{
    /// <summary>Accounts on one page.</summary>
    public const int PageSize = 50;

    /// <summary>Accounts whose name or address contains the words, the newest first.</summary>
    /// <param name="words">What to look for; everybody when empty.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<AccountsFound> FindAsync(string? words, int page, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = db.Users.AsNoTracking();
        if (words?.Trim() is { Length: > 0 } wanted)
        {
            var upper = wanted.ToUpperInvariant();
            // Becomes SQL, which knows no other way to leave case out.
#pragma warning disable CA1304, CA1311, CA1862
            found = found.Where(a => a.DisplayName.ToUpper().Contains(upper) || a.NormalizedEmail!.Contains(upper));
#pragma warning restore CA1304, CA1311, CA1862
        }
        var total = await found.CountAsync(cancellationToken);
        var shown = await found
            .OrderByDescending(a => a.Id)
            .Skip((page - 1) * PageSize).Take(PageSize)
            .Select(a => new AccountListing(
                a.Id, a.DisplayName, a.Email!, a.EmailConfirmed, a.Role, a.Trust, a.CreatedAt,
                db.AccountSessions.Where(s => s.AccountId == a.Id).Max(s => (DateTimeOffset?)s.LastSeenAt),
                a.BannedUntil > now ? a.BannedUntil : null, a.BanReason,
                a.TwoFactorEnabled, db.Users.Where(inviter => inviter.Id == a.InvitedById).Select(inviter => inviter.DisplayName).SingleOrDefault()))
            .ToListAsync(cancellationToken);
        return new AccountsFound(shown, total, page, (total + PageSize - 1) / PageSize);
    }

    /// <summary>Gives an account a role; what is wrong with that, or null when it has the role. An unknown account is no problem of the role: false.</summary>
    public async Task<(bool Exists, string? Problem)> SetRoleAsync(long accountId, AccountRole role, long? actorId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Takes the write lock: two administrators who demote each other must not both succeed.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await db.Users.SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken) is not { } account)
            return (false, null);
        if (account.Role == role)
            return (true, null);
        if (account.Role is AccountRole.Administrator && !await db.Users.AnyAsync(a => a.Id != accountId && a.Role == AccountRole.Administrator, cancellationToken))
            return (true, T["{0} is the only administrator. Make another one first.", account.DisplayName]);
        db.Record(actorId, "account.role", $"account:{accountId}", time.GetUtcNow(), $"{account.Role} to {role}");
        account.Role = role;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await trust.ReviewAsync(accountId, cancellationToken);
        return (true, null);
    }
}
