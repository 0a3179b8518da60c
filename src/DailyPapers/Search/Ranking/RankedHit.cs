namespace DailyPapers.Search.Ranking;

/// <summary>A paper in its place.</summary>
/// <param name="PaperId">Its database identity.</param>
/// <param name="Document">Its document in the searcher that was asked.</param>
/// <param name="Score">Its score.</param>
/// <param name="Parts">What the score is made of, where that was asked for.</param>
internal readonly record struct RankedHit(long PaperId, int Document, float Score, IReadOnlyList<ScorePart>? Parts);
