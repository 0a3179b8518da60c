namespace DailyPapers.Lab.Generalization.LongTail;

/// <summary>
/// How much a learner's rightness on a training example hangs on that example's being there: mem(i) = P[h(x_i) = y_i] for training sets
/// with example i, less the same for those without (arXiv:1906.05271, section 4.1).
/// </summary>
/// <remarks>
/// Leaving out one example at a time would take a training for each, many times over. Instead every training leaves out a random part,
/// and each example is compared over the trainings that had it and those that had not (Feldman and Zhang 2020, arXiv:2008.03703).
/// </remarks>
/// <param name="examples">n, number of training examples.</param>
public sealed class MemorizationScore(int examples)
{
    private readonly int[] _with = new int[examples];
    private readonly int[] _without = new int[examples];
    private readonly int[] _rightWith = new int[examples];
    private readonly int[] _rightWithout = new int[examples];

    // #region mem
    /// <summary>Takes in one training.</summary>
    /// <param name="included">The examples it was trained on.</param>
    /// <param name="right">Whether it classifies each of the n examples as labelled.</param>
    public void Observe(IReadOnlyList<long> included, IReadOnlyList<bool> right)
    {
        ArgumentNullException.ThrowIfNull(included);
        ArgumentNullException.ThrowIfNull(right);
        if (right.Count != examples || included.Any(i => i < 0 || i >= examples))
            throw new ArgumentException($"A training says for each of {examples} examples whether it is right, and which of them it had.", nameof(right));
        var had = new bool[examples];
        foreach (var i in included)
            had[i] = true;
        for (var i = 0; i < examples; i++)
        {
            (had[i] ? _with : _without)[i]++;
            if (right[i])
                (had[i] ? _rightWith : _rightWithout)[i]++;
        }
    }

    /// <summary>The estimates, from −1 to 1; NaN for an example that no training had, or that all had.</summary>
    public double[] Scores() =>
        [.. Enumerable.Range(0, examples).Select(i => (double)_rightWith[i] / _with[i] - (double)_rightWithout[i] / _without[i])];
    // #endregion mem
}
