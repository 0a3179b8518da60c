using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Comments;

/// <summary>Who may write. Asked within the transaction that writes, since a session outlives a ban by some minutes.</summary>
internal static class Writers
{
    /// <summary>Why the account may not write now, or null.</summary>
    public static async Task<string?> RefusalAsync(PapersDb db, long accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken);
        if (account is null)
            return T["The account no longer exists."];
        return account.IsBanned(now)
            ? T["The account is banned until {0:d MMMM yyyy HH:mm} UTC. Reason: {1}", account.BannedUntil!.Value, account.BanReason]
            : null;
    }
}
