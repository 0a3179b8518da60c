using DailyPapers.Community.Comments;

namespace DailyPapers.Community.Moderation;

/// <summary>A comment that waits for a curator.</summary>
/// <param name="Listed">The comment.</param>
/// <param name="Reports">Its open reports, oldest first.</param>
public sealed record QueuedComment(ListedComment Listed, IReadOnlyList<QueuedReport> Reports);
