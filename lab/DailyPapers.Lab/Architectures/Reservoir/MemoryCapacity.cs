namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>
/// Linear memory capacity (Jaeger 2001): how many past values of white input can be read off linearly, Σ_k ρ²(u(t − k), y_k(t)), at
/// most the number of units.
/// </summary>
public static class MemoryCapacity
{
    /// <summary>The delayed inputs u(t − k), k = 1 to <paramref name="delays"/>, row-major (T − first, delays), from step <paramref name="first"/> on.</summary>
    /// <param name="inputs">u, (T).</param>
    /// <param name="delays">K, positive, at most <paramref name="first"/>.</param>
    /// <param name="first">The first step that has a row.</param>
    public static double[] Targets(IReadOnlyList<double> inputs, int delays, int first)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, delays);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, inputs.Count);
        var targets = new double[(inputs.Count - first) * delays];
        for (var t = first; t < inputs.Count; t++)
            for (var k = 1; k <= delays; k++)
                targets[(t - first) * delays + k - 1] = inputs[t - k];
        return targets;
    }

    /// <summary>Squared correlations ρ² by delay, (K), less 1/T, what a correlation of T unrelated pairs has on average, and not below 0.</summary>
    /// <param name="predictions">y in the first K of the columns, row-major (T, columns), of data that the readout was not fitted to.</param>
    /// <param name="targets">Delayed inputs in the same places.</param>
    /// <param name="columns">Columns of both, at least K.</param>
    /// <param name="delays">K.</param>
    public static double[] ByDelay(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, int columns, int delays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, delays);
        if (predictions.Length != targets.Length || targets.Length == 0 || targets.Length % columns != 0)
            throw new ArgumentException($"Expected as many predictions as targets in rows of {columns}; there are {predictions.Length} and {targets.Length}.", nameof(predictions));
        var count = targets.Length / columns;
        var correlations = new double[delays];
        for (var k = 0; k < delays; k++)
        {
            double y = 0, u = 0, yy = 0, uu = 0, yu = 0;
            for (var i = k; i < targets.Length; i += columns)
            {
                y += predictions[i];
                u += targets[i];
                yy += predictions[i] * predictions[i];
                uu += targets[i] * targets[i];
                yu += predictions[i] * targets[i];
            }
            double covariance = yu - y * u / count, product = (yy - y * y / count) * (uu - u * u / count);
            correlations[k] = product > 0 ? Math.Max(0, covariance * covariance / product - 1.0 / count) : 0;
        }
        return correlations;
    }

    /// <summary>The capacity, the sum of <see cref="ByDelay"/>.</summary>
    public static double Compute(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, int columns, int delays) =>
        ByDelay(predictions, targets, columns, delays).Sum();
}
