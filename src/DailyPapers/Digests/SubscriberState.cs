namespace DailyPapers.Digests;

/// <summary>Where in its life a subscription is.</summary>
public enum SubscriberState
{
    /// <summary>Asked for, not yet confirmed from the mailbox.</summary>
    Pending,

    /// <summary>Confirmed; digests are sent.</summary>
    Active,

    /// <summary>Ended by the person; the row stays so that nobody else can subscribe the address silently again.</summary>
    Unsubscribed,
}
