namespace DailyPapers.Lab.Reporting;

/// <summary>The straight line of least squares, for exponents read from logarithms.</summary>
public static class LeastSquaresLine
{
    /// <summary>The slope of y over x.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or fewer than two places differ.</exception>
    public static double Slope(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        if (xs.Count != ys.Count || xs.Distinct().Count() < 2)
            throw new ArgumentException($"A slope needs a value at each of at least two different places; there are {xs.Count} places and {ys.Count} values.", nameof(ys));
        var (meanX, meanY) = (xs.Average(), ys.Average());
        return xs.Zip(ys, (x, y) => (x - meanX) * (y - meanY)).Sum() / xs.Sum(x => (x - meanX) * (x - meanX));
    }
}
