using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>Test error against a size, over several draws of the same task, at the best ridge of a list and at a fixed one.</summary>
internal sealed class SizeCurve
{
    private readonly double[][] _tuned; // [size][draw]
    private readonly double[][] _fixed;

    /// <summary>Chooses for each size the ridge whose mean over draws is least.</summary>
    /// <param name="errors">Test errors by size, draw and ridge.</param>
    /// <param name="fixedRidge">Index of the fixed ridge.</param>
    internal SizeCurve(double[][][] errors, int fixedRidge)
    {
        _fixed = [.. errors.Select(draws => AtRidge(draws, fixedRidge))];
        _tuned = [.. errors.Select(draws =>
            AtRidge(draws, Enumerable.Range(0, draws[0].Length).MinBy(ridge => AtRidge(draws, ridge).Average())))];
    }

    /// <summary>Mean over draws at the tuned ridge, by size.</summary>
    internal double[] Tuned => [.. _tuned.Select(draws => draws.Average())];

    /// <summary>Mean over draws at the fixed ridge, by size.</summary>
    internal double[] Fixed => [.. _fixed.Select(draws => draws.Average())];

    /// <summary>
    /// Number of steps to the next size at which the tuned error rises by more than two standard errors of the difference, which
    /// is taken draw by draw.
    /// </summary>
    internal int Violations() => _tuned.Zip(_tuned.Skip(1)).Count(pair =>
    {
        double[] rises = [.. pair.Second.Zip(pair.First, (later, earlier) => later - earlier)];
        return rises.Average() > 2 * SeedStatistics.StandardDeviation(rises) / Math.Sqrt(rises.Length);
    });

    private static double[] AtRidge(double[][] draws, int ridge) => [.. draws.Select(ridges => ridges[ridge])];
}
