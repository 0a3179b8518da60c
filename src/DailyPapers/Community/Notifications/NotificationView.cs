namespace DailyPapers.Community.Notifications;

/// <summary>A notification as its person reads it.</summary>
public sealed record NotificationView
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>About what.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the person has seen it.</summary>
    public required bool IsRead { get; init; }

    /// <summary>The name of who caused it.</summary>
    public string? ActorName { get; init; }

    /// <summary>The paper's key, when it is about one.</summary>
    public string? PaperKey { get; init; }

    /// <summary>The paper's title.</summary>
    public string? PaperTitle { get; init; }

    /// <summary>The comment, when it is about one.</summary>
    public long? CommentId { get; init; }

    /// <summary>The comment's beginning, while others can see it.</summary>
    public string? Excerpt { get; init; }

    /// <summary>What else there is to say.</summary>
    public string? Text { get; init; }

    /// <summary>What happened, as a sentence.</summary>
    public string Sentence => Kind switch
    {
        NotificationKind.Reply => $"{Actor} answered your comment.",
        NotificationKind.Mention => $"{Actor} mentioned you in a comment.",
        NotificationKind.Reaction => $"{Actor} reacted to your comment.",
        NotificationKind.FollowedPaper => Text is null ? "There is a new paper you may want to see." : $"There is a new paper; you follow {Text}.",
        _ => Text ?? "A curator decided about something of yours.",
    };

    /// <summary>The path of what it is about, or null when that has no page.</summary>
    public string? Path => PaperKey is null ? null : CommentId is { } comment ? FormattableString.Invariant($"/papers/{PaperKey}#comment-{comment}") : $"/papers/{PaperKey}";

    private string Actor => ActorName ?? "Somebody";
}
