namespace DailyPapers.Community.Moderation.Filters;

/// <summary>What happens to a comment that a filter finds.</summary>
public enum FilterAction
{
    /// <summary>It waits for a curator.</summary>
    Hold,

    /// <summary>It is not accepted, and its author is told.</summary>
    Refuse,
}
