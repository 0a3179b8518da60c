using System.Globalization;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Auditing;
using DailyPapers.Community.Notifications;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Moderation.Bans;

/// <summary>Shuts accounts out for a time, or for good, and lets them in again.</summary>
public sealed class Banning(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>What the log stores before the reason of a ban without an end.</summary>
    internal const string ForGoodMark = "for good: ";

    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = Account.LongestBanReason;

    /// <summary>The end of a ban for good.</summary>
    public static DateTimeOffset ForGood { get; } = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The account of a handle as a curator sees it; null when nobody has it.</summary>
    public async Task<BannableAccount?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().Where(a => a.Handle == handle)
            .Select(a => new BannableAccount(
                a.Id, a.Handle!, a.DisplayName, a.Role, a.CreatedAt, a.BannedUntil, a.BanReason,
                db.Comments.Count(c => c.AuthorId == a.Id), db.Comments.Count(c => c.AuthorId == a.Id && c.State == Comments.CommentState.Hidden)))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Bans an account. It takes a higher role than the account's, so that no curator shuts out another or an administrator.
    /// </summary>
    /// <param name="actorId">Who bans.</param>
    /// <param name="handle">Whom.</param>
    /// <param name="days">For how many days; null is for good.</param>
    /// <param name="reason">Why; the person and the public log are told.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<BanOutcome> BanAsync(long actorId, string handle, int? days, string? reason, CancellationToken cancellationToken)
    {
        var why = reason?.Trim().ReplaceLineEndings(" ") ?? "";
        if (why.Length is 0 or > LongestReason)
            return new(true, T["reason has {0} characters; give it 1 to {1}: the person and everybody can read it.", why.Length, LongestReason]);
        if (days is < 1 or > 3650)
            return new(true, T["days must be a number from 1 to 3650, or empty for good."]);
        var until = days is { } count ? time.GetUtcNow().AddDays(count) : ForGood;
        return await ChangeAsync(actorId, handle, async (db, account) =>
        {
            (account.BannedUntil, account.BanReason) = (until, why);
            // Ends what is open: sessions, and with the stamp also a sign-in that waits for its second step.
            account.SecurityStamp = Guid.NewGuid().ToString("N");
            await db.AccountSessions.Where(s => s.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
            var end = days is null ? ForGoodMark : $"until {until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC: ";
            db.Record(actorId, "account.ban", Subject(account), time.GetUtcNow(), end + why);
        }, cancellationToken);
    }

    /// <summary>Ends a ban before its time.</summary>
    public Task<BanOutcome> UnbanAsync(long actorId, string handle, CancellationToken cancellationToken) => ChangeAsync(actorId, handle, async (db, account) =>
    {
        if (account.BannedUntil is null)
            return;
        (account.BannedUntil, account.BanReason) = (null, null);
        db.Record(actorId, "account.unban", Subject(account), time.GetUtcNow());
        await db.NotifyAsync(new(account.Id, NotificationKind.Moderation, time.GetUtcNow()) { Decision = Decision.BanEnded }, cancellationToken);
    }, cancellationToken);

    private async Task<BanOutcome> ChangeAsync(long actorId, string handle, Func<PapersDb, Account, Task> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Takes the write lock: of two decisions at once the second is made on what the first left.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await db.Users.SingleOrDefaultAsync(a => a.Handle == handle, cancellationToken) is not { } account)
            return new(false, null);
        var actor = await db.Users.AsNoTracking().SingleAsync(a => a.Id == actorId, cancellationToken);
        if (actor.Role <= account.Role)
            return new(true, T["{0} has the role {1}; only somebody with a higher role can ban or unban them.", account.DisplayName, T[account.Role.ToString()]]);
        await change(db, account);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(true, null);
    }

    private static string Subject(Account account) => string.Create(CultureInfo.InvariantCulture, $"account:{account.Id}");
}
