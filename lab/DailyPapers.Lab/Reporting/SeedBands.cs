using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Reporting;

/// <summary>The mean over seeds with its 95 % band, the usual way to draw what several seeds measured.</summary>
public static class SeedBands
{
    /// <summary>Adds the mean of the seeds' curves and the band of Student's interval at each place.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="xs">The places, the same for all seeds.</param>
    /// <param name="seeds">One curve a seed, each as long as <paramref name="xs"/>.</param>
    /// <param name="label">The legend's text.</param>
    /// <param name="range">Where values can lie (a share lies in 0 to 1); the band is cut there. Null when anywhere.</param>
    /// <remarks>A single seed, or a place where a seed has no finite value, gets no band.</remarks>
    public static void SeedMean(
        this Chart chart, IReadOnlyList<double> xs, IReadOnlyList<double[]> seeds, string label, Interval? range = null)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(seeds);
        if (seeds.Count == 0 || seeds.Any(seed => seed.Length != xs.Count))
            throw new ArgumentException($"Each seed needs a value for each of the {xs.Count} places.", nameof(seeds));
        var columns = Enumerable.Range(0, xs.Count).Select(i => seeds.Select(seed => seed[i]).ToArray()).ToArray();
        var means = columns.Select(column => SeedStatistics.Mean(column)).ToArray();
        var bands = columns.Select((column, i) => Cut(SeedStatistics.StudentInterval(column) ?? new Interval(means[i], means[i]), range)).ToArray();
        chart.LineWithBand(xs, means, [.. bands.Select(band => band.Lower)], [.. bands.Select(band => band.Upper)], label);
    }

    /// <summary>Adds the geometric mean of the seeds' curves with the band of Student's interval of the logarithms, for logarithmic axes.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="xs">The places, the same for all seeds.</param>
    /// <param name="seeds">One curve a seed, each as long as <paramref name="xs"/>, of positive values.</param>
    /// <param name="label">The legend's text.</param>
    public static void SeedGeometricMean(this Chart chart, IReadOnlyList<double> xs, IReadOnlyList<double[]> seeds, string label)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(seeds);
        if (seeds.Count == 0 || seeds.Any(seed => seed.Length != xs.Count || seed.Any(value => value <= 0)))
            throw new ArgumentException($"Each seed needs a positive value for each of the {xs.Count} places.", nameof(seeds));
        var columns = Enumerable.Range(0, xs.Count).Select(i => seeds.Select(seed => Math.Log(seed[i])).ToArray()).ToArray();
        var means = columns.Select(column => SeedStatistics.Mean(column)).ToArray();
        var bands = columns.Select((column, i) => SeedStatistics.StudentInterval(column) ?? new Interval(means[i], means[i])).ToArray();
        chart.LineWithBand(
            xs, [.. means.Select(Math.Exp)], [.. bands.Select(band => Math.Exp(band.Lower))], [.. bands.Select(band => Math.Exp(band.Upper))], label);
    }

    private static Interval Cut(Interval band, Interval? range) => range is null
        ? band
        : new Interval(Math.Max(range.Lower, band.Lower), Math.Min(range.Upper, band.Upper));
}
