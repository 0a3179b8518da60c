namespace DailyPapers.Lab.Generalization.LongTail;

/// <summary>
/// τ_ℓ of arXiv:1906.05271, theorem 2.3: the expected frequency of a subpopulation that was seen exactly ℓ times in n examples, which is
/// what mislabelling it costs.
/// </summary>
public static class SingletonWeight
{
    // #region tau
    /// <summary>τ_ℓ = E[α^(ℓ+1) (1−α)^(n−ℓ)] / E[α^ℓ (1−α)^(n−ℓ)] for ℓ = 0, 1, …, over the marginal law of one frequency α = p_x / Σ p.</summary>
    /// <remarks>
    /// The expectation over the own weight p_x is taken exactly; that over the sum of all others is a mean over draws of it.
    /// </remarks>
    /// <param name="prior">The prior.</param>
    /// <param name="examples">n.</param>
    /// <param name="most">The largest ℓ, from 0 to n.</param>
    /// <param name="draws">How many sums of the others' weights are drawn, at least 1.</param>
    /// <param name="seed">The stream of the draws.</param>
    public static double[] Tau(FrequencyPrior prior, int examples, int most, int draws, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var random = seed.ToRandom();
        var levels = prior.Weights.GroupBy(weight => weight).Select(level => (Weight: level.Key, Count: level.Count())).ToArray();
        // Relative to the largest value that α^ℓ (1−α)^(n−ℓ) can take, at α = ℓ/n, so that nothing underflows.
        double[] peaks = [.. Enumerable.Range(0, most + 1).Select(seen => LogLikelihood(seen, examples, (double)seen / examples))];
        double[] numerators = new double[most + 1], denominators = new double[most + 1];
        for (var draw = 0; draw < draws; draw++)
        {
            var others = 0.0;
            for (var x = 1; x < prior.Subpopulations; x++)
                others += prior.Weights[random.Next(prior.Subpopulations)];
            foreach (var (weight, count) in levels)
            {
                var frequency = weight / (weight + others);
                for (var seen = 0; seen <= most; seen++)
                {
                    var likelihood = count * Math.Exp(LogLikelihood(seen, examples, frequency) - peaks[seen]);
                    numerators[seen] += likelihood * frequency;
                    denominators[seen] += likelihood;
                }
            }
        }
        return [.. numerators.Zip(denominators, (numerator, denominator) => numerator / denominator)];
    }
    // #endregion tau

    private static double LogLikelihood(int seen, int examples, double frequency) =>
        (seen == 0 ? 0 : seen * Math.Log(frequency)) + (seen == examples ? 0 : (examples - seen) * double.LogP1(-frequency));
}
