using DailyPapers.Papers;

namespace DailyPapers.Editions.Drafting;

/// <summary>A paper in a draft.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="Note">A note among curators.</param>
public sealed record PickedPaper(Paper Paper, string? Note);
