namespace DailyPapers.Search.Evaluation;

/// <summary>How well one system answers the queries of a collection.</summary>
/// <param name="System">The system's name.</param>
/// <param name="Run">What it answered.</param>
/// <param name="PerQuery">Each measure of each query, in the order of <see cref="CollectionScores.Queries"/>.</param>
/// <param name="Means">The mean of each measure with its interval.</param>
/// <param name="Differences">The mean difference of each measure from the first system, with its interval; null for the first system itself.</param>
/// <param name="MedianTime">The time that half of the queries took at most; null for a run made elsewhere.</param>
public sealed record SystemScores(
    string System,
    TrecRun Run,
    IReadOnlyDictionary<Metric, IReadOnlyList<double>> PerQuery,
    IReadOnlyDictionary<Metric, Estimate> Means,
    IReadOnlyDictionary<Metric, Estimate>? Differences,
    TimeSpan? MedianTime);
