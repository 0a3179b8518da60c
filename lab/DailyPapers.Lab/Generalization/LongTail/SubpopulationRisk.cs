namespace DailyPapers.Lab.Generalization.LongTail;

/// <summary>What an error rate is made of, subpopulation by subpopulation.</summary>
public static class SubpopulationRisk
{
    /// <summary>The error Σ_x D(x) e(x) of a learner that errs on subpopulation x with probability e(x): exact, without a test set.</summary>
    public static double Error(IReadOnlyList<double> frequencies, IReadOnlyList<double> errors)
    {
        RequireSameLength(frequencies, errors);
        var risk = 0.0;
        for (var x = 0; x < frequencies.Count; x++)
            risk += frequencies[x] * errors[x];
        return risk;
    }

    // #region price
    /// <summary>
    /// Σ_ℓ τ_ℓ errn_ℓ, the theorem's price for what was seen and is labelled wrongly all the same (arXiv:1906.05271, theorem 2.3). Every
    /// subpopulation counts once, by the share of its examples that are wrong.
    /// </summary>
    /// <param name="sample">The training examples.</param>
    /// <param name="wrong">Whether each training example is labelled wrongly.</param>
    /// <param name="tau">τ_ℓ from ℓ = 0 on; subpopulations seen more often than it reaches are taken at their share of the sample.</param>
    public static double Price(SubpopulationSample sample, IReadOnlyList<bool> wrong, IReadOnlyList<double> tau)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(wrong);
        ArgumentNullException.ThrowIfNull(tau);
        var examples = sample.Subpopulations.Count;
        if (wrong.Count != examples)
            throw new ArgumentException($"There are {examples} training examples, but {wrong.Count} say whether they are wrong.", nameof(wrong));
        var price = 0.0;
        for (var i = 0; i < examples; i++)
            if (wrong[i])
            {
                var seen = sample.Seen[sample.Subpopulations[i]];
                price += (seen < tau.Count ? tau[seen] : (double)seen / examples) / seen;
            }
        return price;
    }
    // #endregion price

    /// <summary>Which subpopulations are the frequent ones that together make up half of all examples.</summary>
    /// <param name="frequencies">D.</param>
    /// <returns>True for the frequent half; the one that straddles the middle belongs to it. Of equal frequencies the earlier is the more frequent.</returns>
    public static bool[] FrequentHalf(IReadOnlyList<double> frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        var frequent = new bool[frequencies.Count];
        double below = 0, half = frequencies.Sum() / 2;
        foreach (var x in Enumerable.Range(0, frequencies.Count).OrderByDescending(x => frequencies[x]))
        {
            if (below >= half)
                break;
            frequent[x] = true;
            below += frequencies[x];
        }
        return frequent;
    }

    private static void RequireSameLength(IReadOnlyList<double> frequencies, IReadOnlyList<double> errors)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        ArgumentNullException.ThrowIfNull(errors);
        if (frequencies.Count != errors.Count)
            throw new ArgumentException($"Each of the {frequencies.Count} subpopulations needs an error, but there are {errors.Count}.", nameof(errors));
    }
}
