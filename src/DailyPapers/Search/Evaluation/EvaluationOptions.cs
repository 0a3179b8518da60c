namespace DailyPapers.Search.Evaluation;

/// <summary>How to evaluate.</summary>
public sealed record EvaluationOptions
{
    /// <summary>How many documents each system is asked for, 10 to 10,000. Below 100, Recall@100 is that of the depth.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>How many bootstrap samples the intervals are made of, 100 or more.</summary>
    public int BootstrapSamples { get; init; } = 2_000;

    /// <summary>The same seed gives the same intervals.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The least grade that counts as relevant for MRR, recall and average precision; nDCG uses the grades themselves.</summary>
    public int RelevantFrom { get; init; } = 1;
}
