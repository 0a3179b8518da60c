using DailyPapers.Editions;

namespace DailyPapers.Community.Following;

/// <summary>A paper with what is followed about it.</summary>
/// <param name="Listed">The paper.</param>
/// <param name="Because">The follows it matches, at least one.</param>
public sealed record FollowedPaper(ListedPaper Listed, IReadOnlyList<Follow> Because);
