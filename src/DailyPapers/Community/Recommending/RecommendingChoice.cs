namespace DailyPapers.Community.Recommending;

/// <summary>What a person wants of recommendations. Without one they are made for the page, and none are mailed.</summary>
public sealed class RecommendingChoice
{
    /// <summary>Who.</summary>
    public required long AccountId { get; set; }

    /// <summary>Whether none are to be made.</summary>
    public bool IsOff { get; set; }

    /// <summary>Whether some are to stand in the person's digest.</summary>
    public bool InDigest { get; set; }
}
