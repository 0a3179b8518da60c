namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Arc-cosine kernels of Cho and Saul (2009): second moments of a ReLU and of its derivative under two jointly Gaussian
/// inputs, as functions of their correlation.
/// </summary>
public static class ArcCosineKernel
{
    /// <summary>Order 0, (π − θ)/π with θ = arccos ρ: twice E[1(u&gt;0) 1(v&gt;0)] for standard normal u, v of correlation ρ.</summary>
    /// <param name="correlation">ρ; values beyond ±1 by rounding are taken as ±1.</param>
    public static double Order0(double correlation) => 1 - Math.Acos(Math.Clamp(correlation, -1, 1)) / Math.PI;

    /// <summary>Order 1, (sin θ + (π − θ) cos θ)/π: twice E[ReLU(u) ReLU(v)] for standard normal u, v of correlation ρ.</summary>
    /// <param name="correlation">ρ; values beyond ±1 by rounding are taken as ±1.</param>
    public static double Order1(double correlation)
    {
        var cosine = Math.Clamp(correlation, -1, 1);
        var angle = Math.Acos(cosine);
        return (Math.Sin(angle) + (Math.PI - angle) * cosine) / Math.PI;
    }
}
