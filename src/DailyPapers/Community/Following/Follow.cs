namespace DailyPapers.Community.Following;

/// <summary>An author, a keyword or a category whose new papers a person wants to see. Only the person sees it.</summary>
public sealed class Follow
{
    /// <summary>The longest value, in characters.</summary>
    public const int LongestValue = 120;

    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>Whose it is.</summary>
    public required long AccountId { get; set; }

    /// <summary>What is followed.</summary>
    public required FollowKind Kind { get; set; }

    /// <summary>The name, keyword or category as shown.</summary>
    public required string Value { get; set; }

    /// <summary>The value in the form that papers are compared by; see <see cref="FollowTerms"/>.</summary>
    public required string Term { get; set; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}
