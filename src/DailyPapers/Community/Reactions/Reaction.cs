namespace DailyPapers.Community.Reactions;

/// <summary>One person's reaction to one comment.</summary>
public sealed class Reaction
{
    /// <summary>To what.</summary>
    public long CommentId { get; set; }

    /// <summary>Whose.</summary>
    public long AccountId { get; set; }

    /// <summary>Which.</summary>
    public ReactionKind Kind { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
