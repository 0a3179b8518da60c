namespace DailyPapers.Community.Notifications;

/// <summary>What a person is told about. The numbers are stored: new kinds are added at the end.</summary>
public enum NotificationKind
{
    /// <summary>Somebody answered the person's comment.</summary>
    Reply = 0,

    /// <summary>Somebody named the person in a comment.</summary>
    Mention = 1,

    /// <summary>Somebody reacted to the person's comment.</summary>
    Reaction = 2,

    /// <summary>A curator decided about something of the person's, or something the person reported.</summary>
    Moderation = 3,

    /// <summary>There is a new paper by, or about, what the person follows.</summary>
    FollowedPaper = 4,
}
