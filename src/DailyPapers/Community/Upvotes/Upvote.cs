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

    /// <summary>How much it counts in scores, fixed when it is given: more than 0 and at most 1. See <see cref="VoteWeight"/>.</summary>
    public double Weight { get; set; } = 1;
}
