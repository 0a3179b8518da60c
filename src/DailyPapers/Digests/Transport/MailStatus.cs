namespace DailyPapers.Digests.Transport;

/// <summary>What became of one mail.</summary>
public enum MailStatus
{
    /// <summary>The next hop has taken responsibility for it.</summary>
    Accepted,

    /// <summary>Refused for now (4xx); worth trying later.</summary>
    Deferred,

    /// <summary>Refused for good (5xx) for a reason that concerns this mail or recipient only.</summary>
    Refused,

    /// <summary>Not handed over, for a reason that concerns every mail: no connection, failed sign-in, sender not allowed.</summary>
    Unavailable,

    /// <summary>Handed over, but the connection broke before the answer: it may or may not arrive.</summary>
    Uncertain,
}
