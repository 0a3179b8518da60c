namespace DailyPapers.Community.Upvotes;

/// <summary>One person's upvote of one paper.</summary>
public sealed class Upvote
{
    /// <summary>Who.</summary>
    public long AccountId { get; set; }

    /// <summary>What.</summary>
    public long PaperId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
