namespace DailyPapers.Lab.Runner.Papers.UniversalityLens;

/// <summary>Regret and its bound against the number of samples, in nats per sample.</summary>
internal sealed record RegretCurve(double[] Samples, double[] Regrets, double[] Bounds)
{
    /// <summary>The largest share of its bound that the regret takes.</summary>
    internal double LargestShare => Regrets.Zip(Bounds, (regret, bound) => regret / bound).Max();

    /// <summary>The largest factor from regret to bound.</summary>
    internal double LargestSlack => Regrets.Zip(Bounds, (regret, bound) => bound / regret).Max();
}
