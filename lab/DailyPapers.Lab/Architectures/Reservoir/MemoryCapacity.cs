using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>
/// Linear memory capacity (Jaeger 2001): how many past values of white input can be read off linearly, Σ_k ρ²(u(t − k), y_k(t)), at
/// most the number of units.
/// </summary>
public static class MemoryCapacity
{
    /// <summary>The delayed inputs u(t − k), k = 1 to <paramref name="delays"/>: (T − first, delays), rows from step <paramref name="first"/> on.</summary>
    /// <param name="inputs">u, (T).</param>
    /// <param name="delays">K, positive, at most <paramref name="first"/>.</param>
    /// <param name="first">The first step that has a row.</param>
    public static Tensor Targets(IReadOnlyList<double> inputs, int delays, int first)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, delays);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, inputs.Count);
        var targets = new double[(inputs.Count - first) * delays];
        for (var t = first; t < inputs.Count; t++)
            for (var k = 1; k <= delays; k++)
                targets[(t - first) * delays + k - 1] = inputs[t - k];
        return tensor(targets, [inputs.Count - first, delays], float64);
    }

    /// <summary>Squared correlations ρ² by delay, (K), less 1/T, what a correlation of T unrelated pairs has on average, and not below 0.</summary>
    /// <param name="predictions">y, (T, K), of data that the readout was not fitted to.</param>
    /// <param name="targets">Delayed inputs, (T, K).</param>
    public static double[] ByDelay(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        var (y, u) = (predictions - predictions.mean([0L], keepdim: true), targets - targets.mean([0L], keepdim: true));
        double[] products = [.. (y * u).sum([0L]).data<double>()], ys = [.. y.square().sum([0L]).data<double>()], us = [.. u.square().sum([0L]).data<double>()];
        return [.. products.Select((product, k) => ys[k] > 0 && us[k] > 0 ? Math.Max(0, product * product / (ys[k] * us[k]) - 1.0 / targets.shape[0]) : 0)];
    }

    /// <summary>The capacity, the sum of <see cref="ByDelay"/>.</summary>
    public static double Compute(Tensor predictions, Tensor targets) => ByDelay(predictions, targets).Sum();
}
