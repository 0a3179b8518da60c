using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Community.Accounts;

/// <summary>A person who signs in. The e-mail address is the user name.</summary>
public sealed class Account : IdentityUser<long>
{
    /// <summary>The name shown to others.</summary>
    public required string DisplayName { get; set; }

    /// <summary>The name in addresses and mentions, unique and in lower case; null until the person has one.</summary>
    public string? Handle { get; set; }

    /// <summary>What the person may do.</summary>
    public AccountRole Role { get; set; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
