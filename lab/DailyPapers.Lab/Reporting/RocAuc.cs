namespace DailyPapers.Lab.Reporting;

/// <summary>
/// Areas under receiver operating characteristics: how well scores rank, whatever threshold is put on them and however rare a class is.
/// </summary>
public static class RocAuc
{
    // #region binary
    /// <summary>The probability that a positive scores above a negative, ties counted half (the Mann-Whitney statistic).</summary>
    /// <param name="scores">One score an example, not NaN.</param>
    /// <param name="positive">Whether each example is positive.</param>
    /// <returns>From 0 to 1; NaN when there are no positives or no negatives.</returns>
    public static double Binary(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(positive);
        if (scores.Count != positive.Count)
            throw new ArgumentException($"There are {scores.Count} scores and {positive.Count} labels.", nameof(positive));
        if (scores.Any(double.IsNaN))
            throw new ArgumentException("NaN has no rank.", nameof(scores));
        var ranks = RankCorrelation.Ranks(scores);
        double positives = positive.Count(value => value), sum = ranks.Where((_, i) => positive[i]).Sum();
        return (sum - positives * (positives + 1) / 2) / (positives * (scores.Count - positives));
    }
    // #endregion binary

    /// <summary>The mean over classes of the area of that class's score against all others, each class counting the same.</summary>
    /// <param name="scores">[example, class], not NaN.</param>
    /// <param name="labels">The class of each example; every class occurs, and not alone.</param>
    public static double OneVersusRest(double[,] scores, IReadOnlyList<int> labels)
    {
        var columns = Columns(scores, labels);
        return Enumerable.Range(0, columns.Length).Average(k => Binary(columns[k], [.. labels.Select(label => label == k)]));
    }

    /// <summary>
    /// The measure M of Hand and Till (2001): the mean over pairs of classes of how well each one's score tells it from the other, examples of
    /// third classes left out. It does not depend on how frequent the classes are.
    /// </summary>
    /// <param name="scores">[example, class], not NaN.</param>
    /// <param name="labels">The class of each example; every class occurs.</param>
    public static double HandTill(double[,] scores, IReadOnlyList<int> labels)
    {
        var columns = Columns(scores, labels);
        var classes = columns.Length;
        var members = Enumerable.Range(0, classes).Select(k => Enumerable.Range(0, labels.Count).Where(i => labels[i] == k).ToArray()).ToArray();
        var sum = 0.0;
        for (var j = 0; j < classes; j++)
            for (var k = 0; k < classes; k++)
                if (j != k)
                    sum += Binary(
                        [.. members[j].Concat(members[k]).Select(i => columns[j][i])],
                        [.. members[j].Select(_ => true), .. members[k].Select(_ => false)]);
        return sum / (classes * (classes - 1));
    }

    private static double[][] Columns(double[,] scores, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        int count = scores.GetLength(0), classes = scores.GetLength(1);
        if (classes < 2 || labels.Count != count)
            throw new ArgumentException($"Expected scores of at least two classes for each of {labels.Count} labels, not [{count}, {classes}].", nameof(scores));
        var seen = new bool[classes];
        foreach (var label in labels)
            seen[label >= 0 && label < classes ? label : throw new ArgumentException($"There is no class {label}.", nameof(labels))] = true;
        if (Array.IndexOf(seen, false) is >= 0 and var absent)
            throw new ArgumentException($"No example is of class {absent}, so its area is undefined.", nameof(labels));
        return [.. Enumerable.Range(0, classes).Select(k => Enumerable.Range(0, count).Select(i => scores[i, k]).ToArray())];
    }
}
