namespace DailyPapers.Search.Evaluation;

/// <summary>How well several systems answer the queries of one collection.</summary>
/// <param name="Collection">The collection's name.</param>
/// <param name="DocumentCount">Its documents; null when only runs were looked at.</param>
/// <param name="Queries">The ids of the queries asked: all that have judgements. A query that a system has no answer to counts with 0.</param>
/// <param name="JudgementCount">The judgements of these queries.</param>
/// <param name="Systems">The systems in the order asked for; the first is what the others are compared with.</param>
public sealed record CollectionScores(string Collection, int? DocumentCount, IReadOnlyList<string> Queries, int JudgementCount, IReadOnlyList<SystemScores> Systems);
