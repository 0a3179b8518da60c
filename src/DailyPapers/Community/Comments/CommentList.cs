namespace DailyPapers.Community.Comments;

/// <summary>The comments of a paper as one reader sees them.</summary>
/// <param name="Threads">Those that answer no other, oldest first.</param>
/// <param name="Left">How many newer ones are not shown.</param>
public sealed record CommentList(IReadOnlyList<CommentView> Threads, int Left);
