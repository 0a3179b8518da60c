using DailyPapers.Search.Evaluation;

namespace DailyPapers.Cli.Output;

/// <summary>A collection's scores as <c>papers eval --json</c> prints them.</summary>
internal sealed record EvaluationDocument(string Collection, int? Documents, int Queries, int Judgements, IReadOnlyList<EvaluationDocument.OfSystem> Systems)
{
    public static EvaluationDocument Of(CollectionScores scores) =>
        new(scores.Collection, scores.DocumentCount, scores.Queries.Count, scores.JudgementCount, [.. scores.Systems.Select(OfSystem.Of)]);

    internal sealed record OfSystem(
        string System, IReadOnlyDictionary<string, Interval> Measures, IReadOnlyDictionary<string, Interval>? DifferenceFromFirst, double? MedianMilliseconds)
    {
        public static OfSystem Of(SystemScores scores) => new(scores.System, Named(scores.Means), scores.Differences is { } differences ? Named(differences) : null, scores.MedianTime?.TotalMilliseconds);

        private static Dictionary<string, Interval> Named(IReadOnlyDictionary<Metric, Estimate> estimates) =>
            estimates.ToDictionary(entry => MetricText.Of(entry.Key), entry => new Interval(entry.Value.Mean, entry.Value.Low, entry.Value.High));
    }

    internal sealed record Interval(double Mean, double Low, double High);
}
