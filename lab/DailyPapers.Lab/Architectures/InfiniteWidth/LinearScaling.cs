namespace DailyPapers.Lab.Architectures.InfiniteWidth;

/// <summary>
/// Two numbers that make a linear network with one hidden layer a finite µP network, a finite NTK-parametrized one, or µP's limit:
/// f(x) = ρ W U x, with U ← U − η s Wᵀχxᵀ and W ← W − η s χ(Ux)ᵀ.
/// </summary>
/// <param name="Readout">ρ.</param>
/// <param name="StepScale">s.</param>
public readonly record struct LinearScaling(double Readout, double StepScale)
{
    /// <summary>
    /// µP in its mean-field form (a shift by θ = 1/2): ρ = 1/n, s = 1, entries of U and W of order one. W is n times the effective
    /// output weight.
    /// </summary>
    /// <param name="width">n.</param>
    public static LinearScaling MaximalUpdate(int width) => new(1.0 / AtLeastOne(width), 1);

    /// <summary>The neural tangent parametrization: ρ = s = n^(−1/2).</summary>
    /// <param name="width">n.</param>
    public static LinearScaling NeuralTangent(int width) => new(1 / Math.Sqrt(AtLeastOne(width)), 1 / Math.Sqrt(width));

    /// <summary>µP's infinite-width limit, on coordinates in which the initial Gaussians are orthonormal: ρ = s = 1.</summary>
    public static LinearScaling Limit => new(1, 1);

    private static int AtLeastOne(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return width;
    }
}
