namespace DailyPapers.Lab.Optimization;

/// <summary>
/// A step size that rises linearly over the warm-up and falls by half a cosine to a last share of its peak (Loshchilov and
/// Hutter 2017, equation 5, without restarts).
/// </summary>
/// <param name="peak">The largest step size.</param>
/// <param name="steps">Number of steps in all.</param>
/// <param name="warmup">Number of steps that rise.</param>
/// <param name="last">The share of the peak that it falls to.</param>
public sealed class CosineSchedule(double peak, int steps, int warmup = 0, double last = 0)
{
    /// <summary>The step size of a step, from 0; after the last it stays.</summary>
    public double At(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step < warmup)
            return peak * (step + 1) / warmup;
        var done = Math.Min(1, (step - warmup) / (double)Math.Max(1, steps - warmup));
        return peak * (last + (1 - last) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
