namespace DailyPapers.Community.Notifications;

/// <summary>Something to tell a person.</summary>
/// <param name="RecipientId">Who is told.</param>
/// <param name="Kind">About what.</param>
/// <param name="At">When it happened.</param>
public sealed record NewNotification(long RecipientId, NotificationKind Kind, DateTimeOffset At)
{
    /// <summary>Who caused it; nobody is told of what they did themselves.</summary>
    public long? ActorId { get; init; }

    /// <summary>The comment it is about.</summary>
    public long? CommentId { get; init; }

    /// <summary>The paper it is about.</summary>
    public long? PaperId { get; init; }

    /// <summary>A decision with its reason as a sentence; for a followed paper what is followed, such as <c>the author Ada Lovelace</c>.</summary>
    public string? Text { get; init; }
}
