namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>
/// Bounds on the expected regret of a Bayesian mixture by the weight of the truth (arXiv:2506.07661), in nats per sample.
/// </summary>
/// <remarks>
/// For each truth, E ln(P_θ₀/Q) ≤ −ln Σ_θ w(θ) exp(−n D(θ₀‖θ)), because ln Σ exp is convex. Keeping only the ball B_ε of the sum
/// gives the bound by weight, ε + (1/n) ln 1/w(B_ε), for every ε.
/// </remarks>
/// <param name="Value">The least bound.</param>
/// <param name="Epsilon">The radius at which it is reached.</param>
public readonly record struct RegretBound(double Value, double Epsilon)
{
    // #region bound
    /// <summary>min over ε of ε + (1/n) ln 1/w(B_ε).</summary>
    /// <param name="weight">The weights of the truth's balls.</param>
    /// <param name="samples">n, positive.</param>
    public static RegretBound Minimise(KlBallWeight weight, double samples)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        var best = new RegretBound(double.PositiveInfinity, 0);
        for (var i = 0; i < weight.Divergences.Length; i++)
        {
            // Between two steps of the weight the smaller radius is better, so only the steps matter.
            var epsilon = weight.Divergences[i];
            var value = epsilon - weight.LogWeightAt(i) / samples;
            if (value < best.Value)
                best = new(value, epsilon);
        }
        return best;
    }
    // #endregion bound

    /// <summary>The sharper −(1/n) ln Σ_θ w(θ) exp(−n D(θ₀‖θ)), which needs all divergences.</summary>
    /// <param name="divergences">D(P_θ₀ ‖ P_θ) per sample, in nats.</param>
    /// <param name="logWeights">ln w(θ); any common offset is removed.</param>
    /// <param name="samples">n, positive.</param>
    public static double Convex(ReadOnlySpan<double> divergences, ReadOnlySpan<double> logWeights, double samples)
    {
        if (divergences.Length != logWeights.Length)
            throw new ArgumentException($"Expected as many divergences as weights; there are {divergences.Length} and {logWeights.Length}.", nameof(divergences));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        var terms = new double[divergences.Length];
        for (var i = 0; i < terms.Length; i++)
            terms[i] = logWeights[i] - samples * divergences[i];
        return (LogSum.Exp(logWeights) - LogSum.Exp(terms)) / samples;
    }
}
