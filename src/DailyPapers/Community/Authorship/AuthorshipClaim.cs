namespace DailyPapers.Community.Authorship;

/// <summary>Somebody says that they are one of a paper's authors.</summary>
public sealed class AuthorshipClaim
{
    /// <summary>The longest evidence or reason, in characters.</summary>
    public const int LongestText = 500;

    /// <summary>The longest name of an author, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>Who says so.</summary>
    public required long AccountId { get; set; }

    /// <summary>The paper.</summary>
    public required long PaperId { get; set; }

    /// <summary>Which author, as the paper prints the name.</summary>
    public required string AuthorName { get; set; }

    /// <summary>By what a curator can tell: plain text that only curators and the person see.</summary>
    public string? Evidence { get; set; }

    /// <summary>Where the claim is.</summary>
    public ClaimState State { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>When a curator decided.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Which curator; null when undecided or when the account is gone.</summary>
    public long? DecidedById { get; set; }

    /// <summary>What the curator said about it.</summary>
    public string? Reason { get; set; }
}
