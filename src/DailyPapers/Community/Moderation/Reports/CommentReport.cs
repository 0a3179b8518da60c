namespace DailyPapers.Community.Moderation.Reports;

/// <summary>One person's report of one comment.</summary>
public sealed class CommentReport
{
    /// <summary>The longest note, in characters.</summary>
    public const int LongestNote = 500;

    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>What is reported.</summary>
    public required long CommentId { get; set; }

    /// <summary>Who reports it; curators see it, others never do.</summary>
    public required long ReporterId { get; set; }

    /// <summary>Why.</summary>
    public required ReportReason Reason { get; set; }

    /// <summary>What the reporter adds.</summary>
    public string? Note { get; set; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>When a curator decided, or the comment was taken back.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }
}
