namespace DailyPapers.Community.Comments;

/// <summary>A text that a comment had before its author changed it.</summary>
public sealed class CommentRevision
{
    /// <summary>Database identity; later ones are larger.</summary>
    public long Id { get; set; }

    /// <summary>The comment.</summary>
    public required long CommentId { get; set; }

    /// <summary>The text then.</summary>
    public required string Text { get; set; }

    /// <summary>When that text was written.</summary>
    public required DateTimeOffset WrittenAt { get; set; }
}
