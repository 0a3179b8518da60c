namespace DailyPapers.Community.Scoring;

/// <summary>What somebody did that speaks for a paper.</summary>
public enum ScoreEventKind
{
    /// <summary>An upvote.</summary>
    Upvote,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>A submission for an edition.</summary>
    Submission,
}
