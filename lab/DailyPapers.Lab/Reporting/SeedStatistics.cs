using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Reporting;

/// <summary>Summaries over seeds: mean, Student's interval, percentile bootstrap.</summary>
public static class SeedStatistics
{
    /// <summary>The arithmetic mean.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Mean(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count > 0 ? values.Sum() / values.Count : throw new ArgumentException("A mean needs at least one value.", nameof(values));
    }

    /// <summary>The mean of the seeds' curves at each of their places.</summary>
    /// <exception cref="ArgumentException">There are no curves.</exception>
    public static double[] MeanCurve(IReadOnlyList<double[]> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return curves.Count > 0
            ? [.. Enumerable.Range(0, curves[0].Length).Select(i => Mean([.. curves.Select(curve => curve[i])]))]
            : throw new ArgumentException("A mean needs at least one curve.", nameof(curves));
    }

    /// <summary>The sample standard deviation, with n - 1 degrees of freedom; NaN for fewer than two values.</summary>
    public static double StandardDeviation(IReadOnlyCollection<double> values)
    {
        if (values is null || values.Count < 2)
            return double.NaN;
        var mean = Mean(values);
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>The interval mean +- t_{n-1} s / sqrt(n) that holds the true mean with the given confidence, for normal values.</summary>
    /// <returns>Null for fewer than two values, or when one is NaN or infinite.</returns>
    public static Interval? StudentInterval(IReadOnlyCollection<double> values, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2 || !values.All(double.IsFinite))
            return null;
        var mean = Mean(values);
        var half = StudentT.Quantile((1 + confidence) / 2, values.Count - 1) * StandardDeviation(values) / Math.Sqrt(values.Count);
        return new(mean - half, mean + half);
    }

    /// <summary>The percentile-bootstrap interval of a statistic, for values that are far from normal.</summary>
    /// <param name="values">The sample.</param>
    /// <param name="statistic">The statistic (a median, a ratio); it must not keep its argument.</param>
    /// <param name="seed">The stream of the resampling.</param>
    /// <param name="resamples">How many resamples are drawn.</param>
    /// <param name="confidence">The confidence, between 0 and 1.</param>
    /// <returns>Null for fewer than two values, or when one is NaN or infinite.</returns>
    public static Interval? Bootstrap(
        IReadOnlyList<double> values, Func<double[], double> statistic, Seed seed, int resamples = 2000, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(statistic);
        if (values.Count < 2 || !values.All(double.IsFinite))
            return null;
        var random = seed.Stream("bootstrap").ToRandom();
        var resample = new double[values.Count];
        var statistics = new double[resamples];
        for (var b = 0; b < resamples; b++)
        {
            for (var i = 0; i < resample.Length; i++)
                resample[i] = values[random.Next(values.Count)];
            statistics[b] = statistic(resample);
        }
        Array.Sort(statistics);
        return new(Percentile(statistics, (1 - confidence) / 2), Percentile(statistics, (1 + confidence) / 2));
    }

    /// <summary>The median.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("A median needs at least one value.", nameof(values));
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return Percentile(sorted, 0.5);
    }

    private static double Percentile(double[] sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
