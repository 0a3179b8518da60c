namespace DailyPapers.Community.Comments;

/// <summary>What somebody says about a paper, or answers to that.</summary>
public sealed class Comment
{
    /// <summary>The longest text, in characters.</summary>
    public const int LongestText = 10_000;

    /// <summary>Database identity, and the number in its address.</summary>
    public long Id { get; set; }

    /// <summary>The paper.</summary>
    public required long PaperId { get; set; }

    /// <summary>Who wrote it; null once the account is deleted.</summary>
    public long? AuthorId { get; set; }

    /// <summary>The comment it answers.</summary>
    public long? ParentId { get; set; }

    /// <summary>The text as Markdown; empty once deleted.</summary>
    public required string Text { get; set; }

    /// <summary>Who sees it.</summary>
    public CommentState State { get; set; }

    /// <summary>Why a curator hid it, or a filter held it.</summary>
    public string? StateReason { get; set; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its author last changed it.</summary>
    public DateTimeOffset? EditedAt { get; set; }
}
