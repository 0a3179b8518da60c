namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>
/// The weight of a hypothesis (arXiv:2506.07661): the prior mass of B_ε(θ₀) = {θ : D(P_θ₀ ‖ P_θ) ≤ ε}, as a step function of ε.
/// </summary>
public sealed class KlBallWeight
{
    private readonly double[] _divergences; // ascending
    private readonly double[] _logWeights; // ln of the mass up to and with each divergence

    /// <summary>Sorts hypotheses by their distance from the truth.</summary>
    /// <param name="divergences">D(P_θ₀ ‖ P_θ) per sample, averaged over inputs, in nats; +∞ is allowed.</param>
    /// <param name="logWeights">ln w(θ); any common offset is removed.</param>
    /// <exception cref="ArgumentException">The lengths differ or are zero, or a divergence is negative or NaN.</exception>
    public KlBallWeight(ReadOnlySpan<double> divergences, ReadOnlySpan<double> logWeights)
    {
        if (divergences.Length != logWeights.Length || divergences.Length == 0)
            throw new ArgumentException($"Expected as many divergences as weights, at least one; there are {divergences.Length} and {logWeights.Length}.", nameof(divergences));
        foreach (var divergence in divergences)
            if (!(divergence >= 0))
                throw new ArgumentException($"A divergence is at least 0, not {divergence}.", nameof(divergences));
        _divergences = divergences.ToArray();
        _logWeights = logWeights.ToArray();
        Array.Sort(_divergences, _logWeights);
        var total = LogSum.Exp(_logWeights);
        var sum = double.NegativeInfinity;
        for (var i = 0; i < _logWeights.Length; i++)
            _logWeights[i] = sum = LogSum.Exp([sum, _logWeights[i] - total]);
    }

    /// <summary>The distances at which the weight steps up, ascending, in nats.</summary>
    public ReadOnlySpan<double> Divergences => _divergences;

    /// <summary>ln w(B_ε): at most 0; −∞ when the ball holds no hypothesis.</summary>
    public double LogWeight(double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        int low = 0, high = _divergences.Length; // the first divergence above ε
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _divergences[middle] <= epsilon ? (middle + 1, high) : (low, middle);
        }
        return low == 0 ? double.NegativeInfinity : _logWeights[low - 1];
    }

    internal double LogWeightAt(int index) => _logWeights[index];
}
