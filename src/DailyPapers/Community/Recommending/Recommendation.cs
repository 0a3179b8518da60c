using DailyPapers.Community.Following;
using DailyPapers.Editions;
using DailyPapers.Papers;

namespace DailyPapers.Community.Recommending;

/// <summary>A paper chosen for a person.</summary>
/// <param name="Listed">The paper.</param>
/// <param name="Score">The log-odds that the person likes it, with what its age adds.</param>
/// <param name="Because">The liked papers that speak most for it, the strongest first.</param>
/// <param name="Followed">What the person follows about it.</param>
public sealed record Recommendation(ListedPaper Listed, double Score, IReadOnlyList<(Paper Paper, LikedKind Kind)> Because, IReadOnlyList<Follow> Followed);
