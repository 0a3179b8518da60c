namespace DailyPapers.Digests.Subscribing;

/// <summary>What became of a request to subscribe.</summary>
public enum SubscribeStatus
{
    /// <summary>Accepted: the address has, or just had, a confirmation mail. The same for known and unknown addresses.</summary>
    Requested,

    /// <summary>The address cannot be one; nothing was stored.</summary>
    InvalidAddress,

    /// <summary>Mail cannot be sent at the moment; the person may try again at once.</summary>
    MailUnavailable,
}
