namespace DailyPapers.Community.Authorship;

/// <summary>What came of making or deciding a claim.</summary>
public enum ClaimOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There is no such paper, author or claim.</summary>
    Missing,

    /// <summary>The person has a claim on this paper already.</summary>
    ClaimedAlready,

    /// <summary>Somebody else is confirmed as this author.</summary>
    AuthorIsTaken,

    /// <summary>The text is longer than is kept.</summary>
    TextTooLong,

    /// <summary>The person has as many undecided claims as one may have.</summary>
    TooManyPending,

    /// <summary>A curator cannot decide about a claim of their own.</summary>
    OwnClaim,
}
