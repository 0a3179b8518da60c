namespace DailyPapers.Community.Accounts.Links;

/// <summary>A link that was sent out and is good once, until it expires.</summary>
public sealed class AccountLink
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>What it allows.</summary>
    public required AccountLinkPurpose Purpose { get; set; }

    /// <summary>The SHA-256 of the secret in the link.</summary>
    public byte[] TokenHash { get; set; } = [];

    /// <summary>The address it was sent to; empty for one that was not mailed.</summary>
    public required string Address { get; set; }

    /// <summary>The form that makes the address unique.</summary>
    public string NormalizedAddress { get; set; } = "";

    /// <summary>The account it is about, when there is one.</summary>
    public long? AccountId { get; set; }

    /// <summary>The name given when registering.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The invitation given when registering.</summary>
    public long? InvitationId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>From when it is worth nothing.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}
