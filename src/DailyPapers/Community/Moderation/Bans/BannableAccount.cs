using DailyPapers.Community.Accounts;

namespace DailyPapers.Community.Moderation.Bans;

/// <summary>An account as a curator sees it: no address, nothing private.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="DisplayName">Its name.</param>
/// <param name="Role">Its role.</param>
/// <param name="CreatedAt">Since when it exists.</param>
/// <param name="BannedUntil">Until when it is banned.</param>
/// <param name="BanReason">Why.</param>
/// <param name="Comments">The comments it wrote.</param>
/// <param name="HiddenComments">Those of them that are hidden.</param>
public sealed record BannableAccount(
    long Id, string Handle, string DisplayName, AccountRole Role, DateTimeOffset CreatedAt, DateTimeOffset? BannedUntil, string? BanReason, int Comments, int HiddenComments);
