namespace DailyPapers.Lab.Generalization.LongTail;

/// <summary>
/// A prior over the frequencies of subpopulations (arXiv:1906.05271, section 2): a list π of weights. Every subpopulation draws its own
/// weight p from the list, and its frequency is D(x) = p_x / Σ p.
/// </summary>
public sealed class FrequencyPrior
{
    private readonly double[] _weights;

    /// <summary>A prior given by its list, as long as there are subpopulations.</summary>
    /// <param name="weights">π, positive; scaled to the sum 1.</param>
    public FrequencyPrior(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Count < 2 || weights.Any(weight => !double.IsFinite(weight) || weight <= 0))
            throw new ArgumentException("A prior needs at least two weights, all of them positive and finite.", nameof(weights));
        var sum = weights.Sum();
        _weights = [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>N, number of subpopulations.</summary>
    public int Subpopulations => _weights.Length;

    /// <summary>π, with the sum 1.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>Zipf's law, π_i ∝ 1/i: a long tail.</summary>
    /// <param name="subpopulations">N, at least 2.</param>
    public static FrequencyPrior Zipf(int subpopulations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(subpopulations, 2);
        return new([.. Enumerable.Range(1, subpopulations).Select(rank => 1.0 / rank)]);
    }

    /// <summary>
    /// Some common subpopulations, equally frequent, and many outliers, equally rare: no frequency lies near one over the sample's size,
    /// if that is chosen so.
    /// </summary>
    /// <param name="subpopulations">N.</param>
    /// <param name="common">Number of common ones in the list, from 1 to N − 1.</param>
    /// <param name="commonShare">Their share of the list's sum, between 0 and 1.</param>
    public static FrequencyPrior TwoLevel(int subpopulations, int common, double commonShare)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(common, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(subpopulations, common + 1);
        if (commonShare is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(commonShare), commonShare, "The share of the common subpopulations must lie between 0 and 1.");
        return new([.. Enumerable.Range(0, subpopulations).Select(i => i < common ? commonShare / common : (1 - commonShare) / (subpopulations - common))]);
    }

    // #region draw
    /// <summary>Draws D: one weight a subpopulation, with replacement, divided by their sum.</summary>
    /// <returns>N frequencies with the sum 1.</returns>
    public double[] Draw(Seed seed)
    {
        var random = seed.ToRandom();
        var frequencies = new double[_weights.Length];
        for (var x = 0; x < frequencies.Length; x++)
            frequencies[x] = _weights[random.Next(_weights.Length)];
        var sum = frequencies.Sum();
        for (var x = 0; x < frequencies.Length; x++)
            frequencies[x] /= sum;
        return frequencies;
    }
    // #endregion draw
}
