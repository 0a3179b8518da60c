namespace DailyPapers.Editions;

/// <summary>The papers of a period and the way to its neighbours.</summary>
/// <param name="Period">The period.</param>
/// <param name="Papers">In the curator's order for a day; by upvotes for a week or month, each paper once.</param>
/// <param name="Previous">The nearest earlier period of the same kind that has papers.</param>
/// <param name="Next">The nearest later one.</param>
public sealed record EditionView(Period Period, IReadOnlyList<ListedPaper> Papers, Period? Previous, Period? Next);
