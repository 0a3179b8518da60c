namespace DailyPapers.Community.Following;

/// <summary>What can be followed.</summary>
public enum FollowKind
{
    /// <summary>An author, by name.</summary>
    Author,

    /// <summary>A keyword of papers.</summary>
    Keyword,

    /// <summary>An arXiv category, or with <c>cs</c> a whole archive.</summary>
    Category,
}
