namespace DailyPapers.Community.Comments;

/// <summary>What a comment said at a time.</summary>
/// <param name="WrittenAt">From when on.</param>
/// <param name="Html">The text as HTML.</param>
public sealed record CommentVersion(DateTimeOffset WrittenAt, string Html);
