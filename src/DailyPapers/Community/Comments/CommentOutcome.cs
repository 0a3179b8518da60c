namespace DailyPapers.Community.Comments;

/// <summary>What became of a comment that somebody sent.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Id">The comment, when it was written.</param>
/// <param name="Problem">What is wrong and how to mend it, when it was refused.</param>
public sealed record CommentOutcome(CommentStatus Status, long? Id = null, string? Problem = null)
{
    internal static CommentOutcome NoSuch { get; } = new(CommentStatus.NoSuch);

    /// <summary>Not accepted, for this reason.</summary>
    public static CommentOutcome Refused(string problem) => new(CommentStatus.Refused, Problem: problem);
}
