namespace DailyPapers.Community.Recommending;

/// <summary>By what a person shows that they like a paper.</summary>
public enum LikedKind
{
    /// <summary>Upvoted it.</summary>
    Upvoted,

    /// <summary>Put it into a collection.</summary>
    Collected,

    /// <summary>Saved it for later.</summary>
    Saved,

    /// <summary>Read it.</summary>
    Read,
}
