namespace DailyPapers.Search.Ranking;

/// <summary>A candidate with its score.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Score">The score.</param>
/// <param name="Parts">What the score is made of, where that was asked for.</param>
internal readonly record struct RankedCandidate(Candidate Candidate, double Score, IReadOnlyList<ScorePart>? Parts);
