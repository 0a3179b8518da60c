using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Community.Accounts;

/// <summary>A person who signs in. The e-mail address is the user name.</summary>
public sealed class Account : IdentityUser<long>
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>The longest tag of a language, in characters.</summary>
    public const int LongestLanguage = 16;

    /// <summary>The longest reason of a ban, in characters.</summary>
    public const int LongestBanReason = 500;

    /// <summary>The name shown to others.</summary>
    public required string DisplayName { get; set; }

    /// <summary>The name in addresses and mentions: <c>@ada-lovelace</c>. Unique; null only until the first save, see <see cref="Handles"/>.</summary>
    public string? Handle { get; set; }

    /// <summary>What the person may do.</summary>
    public AccountRole Role { get; set; }

    /// <summary>How much the site relies on the person, by age and accepted activity.</summary>
    public TrustLevel Trust { get; set; }

    /// <summary>The tag of the language the person chose, which mails to them speak; null for one that never chose.</summary>
    public string? Language { get; set; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who invited the person; null for who came without an invitation, or whose inviter has left.</summary>
    public long? InvitedById { get; set; }

    /// <summary>Until when the account may not sign in; null for one that may.</summary>
    public DateTimeOffset? BannedUntil { get; set; }

    /// <summary>Why it may not, as told to the person.</summary>
    public string? BanReason { get; set; }

    /// <summary>The secret shared with the person's authenticator app, encrypted; null without one.</summary>
    public byte[]? AuthenticatorKey { get; set; }

    /// <summary>The time step of the last code accepted from the app: a code is good once.</summary>
    public long AuthenticatorStep { get; set; }

    /// <summary>Whether the account is banned at this moment.</summary>
    public bool IsBanned(DateTimeOffset now) => BannedUntil > now;
}
