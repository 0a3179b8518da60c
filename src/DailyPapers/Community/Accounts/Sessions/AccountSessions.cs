using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts.Sessions;

/// <summary>
/// Where accounts are signed in. Every request asks, so that a session that was ended, a ban, another role or a new
/// password hold at once and not when a cookie runs out.
/// </summary>
public sealed class AccountSessions(IDbContextFactory<PapersDb> contexts, TrustReview trust, TimeProvider time)
{
    /// <summary>How long a session holds without a visit.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>How long after signing in somebody counts as having just proved who they are.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    private const int KeyBytes = 32;
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(5);

    /// <summary>Begins a session and returns the secret for the browser's cookie.</summary>
    public async Task<string> BeginAsync(long accountId, string securityStamp, string device, SignInMethod method, CancellationToken cancellationToken)
    {
        var key = BearerSecret.New(KeyBytes);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AccountSessions.Where(s => s.LastSeenAt < now - Lifetime).ExecuteDeleteAsync(cancellationToken);
        db.AccountSessions.Add(new AccountSession
        {
            AccountId = accountId,
            KeyHash = BearerSecret.Hash(key),
            SecurityStamp = securityStamp,
            Device = device.Length <= AccountSession.LongestDevice ? device : device[..AccountSession.LongestDevice],
            Method = method,
            SignedInAt = now,
            LastSeenAt = now,
        });
        await db.SaveChangesAsync(cancellationToken);
        await trust.ReviewAsync(accountId, cancellationToken);
        return key;
    }

    /// <summary>The session of a cookie's secret as it stands now; null when it has ended or its account may not sign in.</summary>
    public async Task<CurrentSession?> VisitAsync(string key, CancellationToken cancellationToken)
    {
        var hash = BearerSecret.Hash(key);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.AccountSessions.AsNoTracking()
            .Where(s => s.KeyHash == hash)
            .Join(db.Users, s => s.AccountId, a => a.Id, (s, a) => new
            {
                s.LastSeenAt,
                a.BannedUntil,
                Holds = s.SecurityStamp == a.SecurityStamp,
                Session = new CurrentSession(s.Id, a.Id, a.DisplayName, a.Role, a.Trust, s.SignedInAt),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is not { Holds: true } || found.LastSeenAt < now - Lifetime || found.BannedUntil > now)
            return null;
        if (now - found.LastSeenAt < Precision)
            return found.Session;
        await db.AccountSessions.Where(s => s.Id == found.Session.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), cancellationToken);
        return found.Session with { Trust = await trust.ReviewAsync(found.Session.AccountId, cancellationToken) ?? found.Session.Trust };
    }

    /// <summary>Where the account is signed in, the last used first.</summary>
    public async Task<IReadOnlyList<AccountSession>> ListAsync(long accountId, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - Lifetime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AccountSessions.AsNoTracking()
            .Where(s => s.AccountId == accountId && s.LastSeenAt >= oldest && db.Users.Any(a => a.Id == accountId && a.SecurityStamp == s.SecurityStamp))
            .OrderByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends one of the account's sessions; false when it has no such session.</summary>
    public async Task<bool> EndAsync(long accountId, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AccountSessions.Where(s => s.AccountId == accountId && s.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Ends all sessions of the account, but for the one to keep, if any.</summary>
    public async Task EndAllAsync(long accountId, long? butFor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AccountSessions.Where(s => s.AccountId == accountId && s.Id != butFor).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Lets a session go on with the account's new security stamp, after its owner changed the password in it.</summary>
    public async Task KeepAsync(long id, string securityStamp, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AccountSessions.Where(s => s.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.SecurityStamp, securityStamp), cancellationToken);
    }
}
