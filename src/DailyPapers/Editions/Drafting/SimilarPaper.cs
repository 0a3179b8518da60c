using DailyPapers.Papers;

namespace DailyPapers.Editions.Drafting;

/// <summary>A paper that is like a candidate, and where readers have met it.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="Likeness">The cosine of the two papers' vectors, 0 to 1.</param>
/// <param name="Edition">The newest edition it was in.</param>
/// <param name="PickedFor">The day it is picked for: the one that is arranged, or else the next whose edition has not appeared.</param>
public sealed record SimilarPaper(Paper Paper, double Likeness, DateOnly? Edition, DateOnly? PickedFor);
