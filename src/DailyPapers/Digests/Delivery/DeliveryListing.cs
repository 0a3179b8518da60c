namespace DailyPapers.Digests.Delivery;

/// <summary>A delivery as an administrator sees it.</summary>
/// <param name="Id">The number <see cref="DigestSender.ResolveAsync"/> takes.</param>
/// <param name="Email">To whom.</param>
/// <param name="Period">The day or week.</param>
/// <param name="State">How far it is.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="RetryAt">When the next one may be made.</param>
/// <param name="ChangedAt">When the state last changed.</param>
/// <param name="MessageId">The Message-ID, to look for in the mail server's log.</param>
/// <param name="Error">What went wrong.</param>
public sealed record DeliveryListing(
    long Id, string Email, string Period, DeliveryState State, int Attempts, DateTimeOffset? RetryAt, DateTimeOffset ChangedAt, string MessageId, string? Error);
