using DailyPapers.Search.Evaluation;

namespace DailyPapers.Cli.Output;

/// <summary>The metrics' usual names.</summary>
internal static class MetricText
{
    public static string Of(Metric metric) => metric switch
    {
        Metric.NdcgAt10 => "nDCG@10",
        Metric.MrrAt10 => "MRR@10",
        Metric.RecallAt100 => "Recall@100",
        Metric.AveragePrecision => "MAP",
        _ => "judged@10",
    };
}
