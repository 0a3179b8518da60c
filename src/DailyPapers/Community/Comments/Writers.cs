using System.Globalization;
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
            return "The account no longer exists.";
        return account.IsBanned(now)
            ? $"The account is banned until {account.BannedUntil!.Value.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture)} UTC. Reason: {account.BanReason}"
            : null;
    }
}
