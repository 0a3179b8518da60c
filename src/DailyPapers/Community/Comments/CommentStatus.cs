namespace DailyPapers.Community.Comments;

/// <summary>What became of a comment that somebody sent.</summary>
public enum CommentStatus
{
    /// <summary>It is on the page.</summary>
    Published,

    /// <summary>It waits for a curator.</summary>
    Held,

    /// <summary>It was not accepted; the problem says why.</summary>
    Refused,

    /// <summary>There is no such paper or comment, or it is not this person's.</summary>
    NoSuch,
}
