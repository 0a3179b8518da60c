namespace DailyPapers.Community.Recommending;

/// <summary>Whether there are recommendations, and if not, why.</summary>
public enum RecommendingState
{
    /// <summary>There are.</summary>
    Ready,

    /// <summary>The person wants none.</summary>
    Off,

    /// <summary>The person has shown nothing yet to learn from.</summary>
    NothingKnown,

    /// <summary>There is no other paper to recommend.</summary>
    NothingNew,
}
