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

    /// <summary>What was decided.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The names the sentence has places for, see <see cref="NotificationSentence"/>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The reason a curator gave, in their own words.</summary>
    public string? Text { get; init; }
}
