namespace DailyPapers.Digests.Delivery;

/// <summary>How a digest is sent.</summary>
public sealed record DigestSendOptions
{
    /// <summary>Only counts: nothing is stored and nothing sent.</summary>
    public bool DryRun { get; init; }

    /// <summary>Those who confirmed up to this moment get the digest, if it is queued now; null for everyone confirmed by now.</summary>
    public DateTimeOffset? ConfirmedBy { get; init; }
}
