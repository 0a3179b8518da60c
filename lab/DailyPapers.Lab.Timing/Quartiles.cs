namespace DailyPapers.Lab.Timing;

/// <summary>The middle half of a sample.</summary>
/// <param name="Lower">A quarter of the sample is below it.</param>
/// <param name="Median">Half of the sample is below it.</param>
/// <param name="Upper">Three quarters of the sample are below it.</param>
public readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>Quartiles of a non-empty sample, interpolated linearly between its order statistics.</summary>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    public static Quartiles Of(IEnumerable<double> sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        double[] sorted = [.. sample.Order()];
        if (sorted.Length == 0)
            throw new ArgumentException("Quartiles need at least one value.", nameof(sample));
        return new(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    private static double At(double[] sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
