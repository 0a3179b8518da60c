namespace DailyPapers.Lab.Data.Pruning;

/// <summary>Chooses the part of a data set that is kept, by a score for each example (arXiv:2107.07075, sections 3 and 4).</summary>
public static class DatasetPruner
{
    // #region keep
    /// <summary>Keeps the examples of largest score, leaving out the very largest when asked to, which noisy labels are among.</summary>
    /// <param name="scores">One score an example; +∞ is allowed.</param>
    /// <param name="fraction">The share kept, above 0.</param>
    /// <param name="offset">The share of largest scores left out; with <paramref name="fraction"/> at most 1.</param>
    /// <returns>Indices, ascending. Of equal scores the lower index counts as the smaller score.</returns>
    public static long[] Keep(IReadOnlyList<double> scores, double fraction, double offset = 0)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fraction);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (fraction + offset > 1 + 1e-12)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The share kept, {fraction}, and the share left out at the top, {offset}, exceed the whole.");
        if (scores.Any(double.IsNaN))
            throw new ArgumentException("A score of NaN has no rank.", nameof(scores));
        var count = (int)Math.Round(fraction * scores.Count);
        var skipped = Math.Min(scores.Count - count, (int)Math.Round(offset * scores.Count));
        // The sort is stable.
        var ascending = Enumerable.Range(0, scores.Count).OrderBy(example => scores[example]).Select(example => (long)example).ToArray();
        var kept = ascending.AsSpan(scores.Count - skipped - count, count).ToArray();
        Array.Sort(kept);
        return kept;
    }
    // #endregion keep

    /// <summary>Keeps a random share: the baseline.</summary>
    /// <param name="count">Number of examples.</param>
    /// <param name="fraction">The share kept, above 0 and at most 1.</param>
    /// <param name="seed">The stream of the draw.</param>
    /// <returns>Indices, ascending.</returns>
    public static long[] KeepRandom(int count, double fraction, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = seed.ToRandom();
        return Keep([.. Enumerable.Range(0, count).Select(_ => random.NextDouble())], fraction);
    }
}
