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

    /// <summary>What was decided.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The names the sentence has places for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The reason a curator gave; in notifications of earlier versions the sentence itself.</summary>
    public string? Text { get; init; }

    /// <summary>What happened, as a sentence in the language of who asks.</summary>
    public string Sentence => NotificationSentence.Of(this);

    /// <summary>The path of what it is about, or null when that has no page.</summary>
    public string? Path => PaperKey is null ? null : CommentId is { } comment ? FormattableString.Invariant($"/papers/{PaperKey}#comment-{comment}") : $"/papers/{PaperKey}";
}
