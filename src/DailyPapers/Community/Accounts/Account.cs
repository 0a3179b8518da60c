using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Community.Accounts;

/// <summary>A person who signs in. The e-mail address is the user name.</summary>
public sealed class Account : IdentityUser<long>
{
    /// <summary>The name shown to others.</summary>
    public required string DisplayName { get; set; }

    /// <summary>The name in addresses and mentions: <c>@ada-lovelace</c>. Unique; null only until the first save, see <see cref="Handles"/>.</summary>
    public string? Handle { get; set; }

    /// <summary>What the person may do.</summary>
    public AccountRole Role { get; set; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Until when the account may neither sign in nor write; null when it is not banned.</summary>
    public DateTimeOffset? BannedUntil { get; set; }

    /// <summary>Why it is banned, for the person and the public log.</summary>
    public string? BanReason { get; set; }

    /// <summary>Whether the account is banned at <paramref name="now"/>.</summary>
    public bool IsBannedAt(DateTimeOffset now) => BannedUntil > now;
}
