using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.MatrixRecovery;

/// <summary>What spoils measurements: gross outliers in a few, or Gaussian noise in all.</summary>
public static class MeasurementNoise
{
    /// <summary>
    /// Adds to a random <paramref name="share"/> of the values (rounded) a normal number of standard deviation <paramref name="magnitude"/>.
    /// </summary>
    public static double[] Outliers(double[] values, double share, double magnitude, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var spoilt = Gaussian(values, magnitude, seed.Stream("values"));
        var places = Enumerable.Range(0, values.Length).ToArray();
        seed.Stream("places").ToRandom().Shuffle(places);
        foreach (var place in places.AsSpan((int)Math.Round(share * values.Length)))
            spoilt[place] = values[place];
        return spoilt;
    }

    /// <summary>Adds a normal number of the given standard deviation to every value.</summary>
    public static double[] Gaussian(double[] values, double deviation, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!(deviation >= 0) || !double.IsFinite(deviation))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A standard deviation is not negative.");
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var noise = (randn(values.Length, dtype: float64, generator: generator) * deviation).data<double>().ToArray();
        return [.. values.Zip(noise, (value, error) => value + error)];
    }
}
