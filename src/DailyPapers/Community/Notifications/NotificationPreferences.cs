using System.Security.Cryptography;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Notifications;

/// <summary>Reads and changes how people want to be told.</summary>
public sealed class NotificationPreferences(IDbContextFactory<PapersDb> contexts)
{
    private const int SecretBytes = 24;

    /// <summary>A person's preference; the defaults when they never changed anything.</summary>
    public async Task<NotificationPreference> ReadAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.NotificationPreferences.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == accountId, cancellationToken)
            ?? Default(accountId);
    }

    /// <summary>Sets what is mailed, and how long it is gathered.</summary>
    public Task SaveAsync(long accountId, IEnumerable<NotificationKind> mailed, MailPace pace, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, preference =>
        {
            preference.MailedKinds = mailed.Aggregate(0, (bits, kind) => bits | NotificationPreference.BitOf(kind));
            preference.Pace = pace;
        }, cancellationToken);

    /// <summary>The address that an unsubscribe link's secret ends the mail of, and whether mail is still sent; null for no link of ours.</summary>
    public async Task<(string Email, bool IsMailed)?> PeekUnsubscribeAsync(string? secret, CancellationToken cancellationToken)
    {
        if (!IsSecret(secret))
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.NotificationPreferences.AsNoTracking().Where(p => p.MailSecret == secret)
            .Join(db.Users, p => p.AccountId, a => a.Id, (p, a) => new { a.Email, p.MailedKinds })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Email ?? "", found.MailedKinds != 0);
    }

    /// <summary>Ends the mail that an unsubscribe link came with; doing it again changes nothing. False for no link of ours.</summary>
    public async Task<bool> UnsubscribeAsync(string? secret, CancellationToken cancellationToken)
    {
        if (!IsSecret(secret))
            return false;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.NotificationPreferences.Where(p => p.MailSecret == secret)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.MailedKinds, 0), cancellationToken) == 1;
    }

    /// <summary>The row of an account, made when it has none.</summary>
    internal static async Task<NotificationPreference> EnsureAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        if (await db.NotificationPreferences.SingleOrDefaultAsync(p => p.AccountId == accountId, cancellationToken) is { } known)
            return known;
        var made = Default(accountId);
        db.NotificationPreferences.Add(made);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return made;
        }
        catch (DbUpdateException)
        {
            // Another process made the row first; its row holds.
            db.Entry(made).State = EntityState.Detached;
            return await db.NotificationPreferences.SingleAsync(p => p.AccountId == accountId, cancellationToken);
        }
    }

    private async Task ChangeAsync(long accountId, Action<NotificationPreference> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        change(await EnsureAsync(db, accountId, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static NotificationPreference Default(long accountId) => new() { AccountId = accountId, MailSecret = NewSecret() };

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    private static bool IsSecret(string? secret) => secret is { Length: 2 * SecretBytes } && secret.All(char.IsAsciiHexDigitLower);
}
