namespace DailyPapers.Lab.Generalization.Estimability;

/// <summary>How well a loss can be estimated from sample and hypothesis, over several worlds (arXiv:2309.13658, uniform tightness).</summary>
public static class UniformTightness
{
    /// <summary>
    /// The mean error that no estimator can beat when a hypothesis was trained on m of N equally likely points of a domain that its
    /// class shatters: (1 − m/N)/2. The rest is labelled as the hypothesis says in one world and the other way in the other, so the
    /// losses are 0 and 1 − m/N for the same sample and hypothesis.
    /// </summary>
    /// <param name="distinct">m, distinct points seen.</param>
    /// <param name="domain">N, positive.</param>
    public static double ShatteredBound(double distinct, double domain)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(domain);
        ArgumentOutOfRangeException.ThrowIfNegative(distinct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(distinct, domain);
        return (1 - distinct / domain) / 2;
    }

    /// <summary>E m = N (1 − (1 − 1/N)^n): distinct points among n uniform draws.</summary>
    public static double ExpectedDistinct(int samples, int domain)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(domain, 1);
        return domain * (1 - Math.Pow(1 - 1.0 / domain, samples));
    }

    // #region worst
    /// <summary>The largest over worlds of the mean of |estimate − loss|.</summary>
    /// <param name="worlds">For each world, estimates with the losses they are about.</param>
    public static double WorstCaseError(IReadOnlyList<IReadOnlyList<(double Estimate, double Loss)>> worlds)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        if (worlds.Count == 0 || worlds.Any(world => world.Count == 0))
            throw new ArgumentException("There must be at least one world, and an estimate in each.", nameof(worlds));
        return worlds.Max(world => world.Average(pair => Math.Abs(pair.Estimate - pair.Loss)));
    }
    // #endregion worst
}
