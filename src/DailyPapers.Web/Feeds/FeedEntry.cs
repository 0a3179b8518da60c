using DailyPapers.Papers;

namespace DailyPapers.Web.Feeds;

/// <summary>A paper in a feed.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="At">When it came into what the feed is of.</param>
/// <param name="Note">What is said about it there, as plain text; else its own summary stands.</param>
internal sealed record FeedEntry(Paper Paper, DateTimeOffset At, string? Note = null);
