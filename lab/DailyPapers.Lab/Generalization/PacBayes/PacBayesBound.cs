namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>
/// Bounds on the error of a classifier drawn from a posterior, from its error on n independent examples and the divergence of the
/// posterior from a prior that was fixed before the examples were seen. Each holds with probability 1 − δ for all posteriors at once.
/// </summary>
/// <remarks>
/// For a single hypothesis h the posterior is a point mass, and the divergence is −ln P(h). All bounds are cut at 1.
/// </remarks>
public static class PacBayesBound
{
    // #region bounds
    /// <summary>McAllester's bound with Maurer's constant: L ≤ L̂ + √((KL + ln(2√n/δ)) / 2n).</summary>
    /// <param name="trainError">L̂, from 0 to 1.</param>
    /// <param name="divergence">KL(posterior‖prior), in nats.</param>
    /// <param name="examples">n ≥ 1.</param>
    /// <param name="delta">δ, between 0 and 1.</param>
    public static double McAllester(double trainError, double divergence, int examples, double delta) =>
        Math.Min(1, trainError + Math.Sqrt(Budget(trainError, divergence, examples, delta) / 2));

    /// <summary>Seeger's bound with Maurer's constant: kl(L̂‖L) ≤ (KL + ln(2√n/δ)) / n, solved for the largest L. By Pinsker never above McAllester's.</summary>
    /// <param name="trainError">L̂, from 0 to 1.</param>
    /// <param name="divergence">KL(posterior‖prior), in nats.</param>
    /// <param name="examples">n ≥ 1.</param>
    /// <param name="delta">δ, between 0 and 1.</param>
    public static double Seeger(double trainError, double divergence, int examples, double delta) =>
        BinaryKl.UpperInverse(trainError, Budget(trainError, divergence, examples, delta));

    /// <summary>Catoni's bound (2007, theorem 1.2.6) for a β fixed beforehand: L ≤ (1 − exp(−β L̂ − (KL + ln(1/δ))/n)) / (1 − exp(−β)).</summary>
    /// <param name="trainError">L̂, from 0 to 1.</param>
    /// <param name="divergence">KL(posterior‖prior), in nats.</param>
    /// <param name="examples">n ≥ 1.</param>
    /// <param name="delta">δ, between 0 and 1.</param>
    /// <param name="beta">β > 0, chosen without the examples.</param>
    public static double Catoni(double trainError, double divergence, int examples, double delta, double beta)
    {
        Require(trainError, divergence, examples, delta);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        var exponent = beta * trainError + (divergence + Math.Log(1 / delta)) / examples;
        return Math.Min(1, (1 - Math.Exp(-exponent)) / (1 - Math.Exp(-beta)));
    }
    // #endregion bounds

    private static double Budget(double trainError, double divergence, int examples, double delta)
    {
        Require(trainError, divergence, examples, delta);
        return (divergence + Math.Log(2 * Math.Sqrt(examples) / delta)) / examples;
    }

    private static void Require(double trainError, double divergence, int examples, double delta)
    {
        if (!(trainError >= 0 && trainError <= 1))
            throw new ArgumentOutOfRangeException(nameof(trainError), trainError, "An error lies between 0 and 1.");
        if (!(divergence >= 0))
            throw new ArgumentOutOfRangeException(nameof(divergence), divergence, "A divergence is at least 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        if (!(delta > 0 && delta < 1))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "δ lies between 0 and 1.");
    }
}
