namespace DailyPapers.Digests;

/// <summary>An e-mail address that asked for digests.</summary>
public sealed class Subscriber
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>The address as the person typed it.</summary>
    public required string Email { get; set; }

    /// <summary>The address in the form that makes it unique: trimmed, domain in lower-case IDNA, local part folded to lower case.</summary>
    public required string NormalizedEmail { get; set; }

    /// <summary>How often.</summary>
    public DigestFrequency Frequency { get; set; }

    /// <summary>The tag of the language the digests speak; null for one that was added without a choice.</summary>
    public string? Language { get; set; }

    /// <summary>Where in its life the subscription is.</summary>
    public SubscriberState State { get; set; }

    /// <summary>SHA-256 of the token in the confirmation mail; null once used.</summary>
    public byte[]? ConfirmationTokenHash { get; set; }

    /// <summary>When the confirmation mail was last sent; bounds how often it is sent again and how long it holds.</summary>
    public DateTimeOffset? ConfirmationSentAt { get; set; }

    /// <summary>When the address first subscribed.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the address was confirmed.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>When the person unsubscribed.</summary>
    public DateTimeOffset? UnsubscribedAt { get; set; }
}
