namespace DailyPapers.Search.Evaluation;

/// <summary>A place in a ranking.</summary>
/// <param name="Id">The document.</param>
/// <param name="Score">How well it answers; greater is better, the scale is the system's.</param>
public readonly record struct RankedDocument(string Id, double Score);
