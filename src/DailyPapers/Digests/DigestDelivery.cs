namespace DailyPapers.Digests;

/// <summary>The record that makes a digest go out once: one row a subscriber and period.</summary>
public sealed class DigestDelivery
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>Who gets it.</summary>
    public long SubscriberId { get; set; }

    /// <summary>The edition's date (<c>2025-08-13</c>) or week (<c>2025-W33</c>).</summary>
    public required string Period { get; set; }

    /// <summary>How far the delivery is.</summary>
    public DeliveryState State { get; set; }

    /// <summary>The Message-ID, fixed before the first attempt.</summary>
    public required string MessageId { get; set; }

    /// <summary>Attempts made.</summary>
    public int Attempts { get; set; }

    /// <summary>When the next attempt may be made after a temporary failure.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>When the state last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>What the mail server said when an attempt failed.</summary>
    public string? Error { get; set; }
}
