namespace DailyPapers.Community.Accounts;

/// <summary>An account as administrators see it.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="IsConfirmed">Whether the address was proved.</param>
/// <param name="Role">Its role.</param>
/// <param name="Trust">Its trust level.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="LastSeenAt">When it was last used, as far as its sessions tell.</param>
/// <param name="BannedUntil">Until when it is banned; null for one that is not.</param>
/// <param name="BanReason">Why.</param>
/// <param name="HasSecondFactor">Whether signing in takes a code.</param>
/// <param name="InvitedBy">The name of who invited it.</param>
public sealed record AccountListing(
    long Id, string Name, string Email, bool IsConfirmed, AccountRole Role, TrustLevel Trust, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt,
    DateTimeOffset? BannedUntil, string? BanReason, bool HasSecondFactor, string? InvitedBy);
