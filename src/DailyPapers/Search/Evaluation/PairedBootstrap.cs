namespace DailyPapers.Search.Evaluation;

/// <summary>
/// Confidence intervals by the bootstrap percentile method: the queries are drawn anew, with replacement, many times. All systems and
/// measures see the same draws, so the interval of a difference profits from the systems finding the same queries hard.
/// </summary>
public sealed class PairedBootstrap
{
    private const double Tail = 0.025;

    private readonly int[][] _draws;

    /// <summary>Draws the samples.</summary>
    /// <param name="queries">How many queries there are, 1 or more.</param>
    /// <param name="samples">How many samples to draw, 100 or more.</param>
    /// <param name="seed">The same seed draws the same samples.</param>
    public PairedBootstrap(int queries, int samples, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 100);
        var random = new Random(seed);
        _draws = new int[samples][];
        for (var i = 0; i < samples; i++)
        {
            _draws[i] = new int[queries];
            for (var j = 0; j < queries; j++)
                _draws[i][j] = random.Next(queries);
        }
    }

    /// <summary>The mean of a measure and its 95 % interval.</summary>
    /// <param name="values">The measure of each query.</param>
    public Estimate Mean(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, _draws[0].Length);
        var given = values.ToArray();
        var means = new double[_draws.Length];
        for (var i = 0; i < means.Length; i++)
        {
            var sum = 0.0;
            foreach (var query in _draws[i])
                sum += given[query];
            means[i] = sum / given.Length;
        }
        Array.Sort(means);
        return new Estimate(given.Average(), Quantile(means, Tail), Quantile(means, 1 - Tail));
    }

    /// <summary>The mean difference of two systems on the same queries, <paramref name="values"/> minus <paramref name="baseline"/>, and its 95 % interval.</summary>
    public Estimate Difference(IReadOnlyList<double> values, IReadOnlyList<double> baseline) =>
        Mean([.. values.Zip(baseline, (value, other) => value - other)]);

    // Linear between the two nearest order statistics.
    private static double Quantile(double[] sorted, double at)
    {
        var place = at * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
