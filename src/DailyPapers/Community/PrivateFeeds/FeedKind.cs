namespace DailyPapers.Community.PrivateFeeds;

/// <summary>The feeds that only their person reads.</summary>
public enum FeedKind
{
    /// <summary>New papers of what the person follows.</summary>
    Following,

    /// <summary>What the person is told.</summary>
    Notifications,
}
