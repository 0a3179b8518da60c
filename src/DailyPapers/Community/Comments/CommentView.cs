using DailyPapers.Community.Reactions;

namespace DailyPapers.Community.Comments;

/// <summary>A comment as one reader sees it, with the answers below it.</summary>
public sealed record CommentView
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Who sees its text.</summary>
    public required CommentState State { get; init; }

    /// <summary>The text as HTML; null where the reader may not see it.</summary>
    public string? Html { get; init; }

    /// <summary>Why a curator hid it.</summary>
    public string? Reason { get; init; }

    /// <summary>The author's name; null for a comment without text or without author.</summary>
    public string? AuthorName { get; init; }

    /// <summary>The author's handle.</summary>
    public string? AuthorHandle { get; init; }

    /// <summary>Whether the reader wrote it.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The comment it answers, where its place on the page does not show that.</summary>
    public (long Id, string? Name)? Answers { get; init; }

    /// <summary>The reactions, one for each kind.</summary>
    public required IReadOnlyList<ReactionCount> Reactions { get; init; }

    /// <summary>The answers, oldest first.</summary>
    public IReadOnlyList<CommentView> Replies { get; init; } = [];
}
