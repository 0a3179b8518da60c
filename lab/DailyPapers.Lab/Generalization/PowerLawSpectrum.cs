namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Regression tasks with power-law eigenstructure, λ_i = i^−α and v_i² = i^−β, and what Simon et al. (2023,
/// arXiv:2311.14646, Section 5) derive for kernel ridge regression on them as n grows.
/// </summary>
/// <remarks>
/// With r = δ/(nκ), the square root of the fit ratio E_train/E_test, the sums become integrals and give
/// E_test ∝ [(1−r)^(1−β)/α + σ²_rel] / [1/α + (1 − 1/α) r], where σ²_rel is the noise variance in units of the
/// noiseless ridgeless error. Setting its derivative to zero yields
/// β − α + (α−1) β r − α (α−1) (1−r)^β σ²_rel = 0. The left side increases with r, so the optimum is r = 0
/// (interpolation, "overfitting is obligatory") exactly when σ²_rel ≤ (β−α)/(α(α−1)).
/// </remarks>
public sealed record PowerLawSpectrum
{
    // Modes of one tail group differ in index by a factor of at most 1.002: the groups' sums are then exact to about 1e-6.
    private const double TailGroupGrowth = 1.002;

    /// <summary>Declares the exponents.</summary>
    /// <param name="alpha">Decay α > 0 of the eigenvalues.</param>
    /// <param name="beta">Decay β > 0 of the target's power.</param>
    public PowerLawSpectrum(double alpha, double beta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        (Alpha, Beta) = (alpha, beta);
    }

    /// <summary>Decay of the eigenvalues, λ_i = i^−α.</summary>
    public double Alpha { get; }

    /// <summary>Decay of the target's power, v_i² = i^−β.</summary>
    public double Beta { get; }

    /// <summary>
    /// Largest relative noise for which interpolation is asymptotically optimal, (β−α)/(α(α−1)); negative when no
    /// noise level makes it so. Needs the theorem's conditions α > 1 and 1 &lt; β &lt; 2α+1.
    /// </summary>
    public double ObligatoryOverfittingNoise
    {
        get
        {
            RequireTheoremConditions();
            return (Beta - Alpha) / (Alpha * (Alpha - 1));
        }
    }

    /// <summary>The first <paramref name="modes"/> modes as a spectrum.</summary>
    /// <param name="modes">Number of modes M ≥ 1; up to 10^12, since modes beyond <paramref name="exact"/> are grouped.</param>
    /// <param name="exact">Leading modes that are kept one by one.</param>
    public KernelSpectrum Modes(long modes, int exact = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(modes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(modes, 1_000_000_000_000);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exact);
        List<double> eigenvalues = [], power = [], multiplicities = [];
        for (long first = 1; first <= modes;)
        {
            var last = first < exact ? first : Math.Min(modes, Math.Max(first, (long)(first * TailGroupGrowth)));
            var count = last - first + 1;
            multiplicities.Add(count);
            eigenvalues.Add(PowerSum(first, last, Alpha) / count);
            power.Add(PowerSum(first, last, Beta));
            first = last + 1;
        }

        return new KernelSpectrum(eigenvalues, power, multiplicities);
    }

    /// <summary>
    /// Asymptotic E_test at r = √(E_train/E_test), in units of the noiseless ridgeless error.
    /// </summary>
    /// <param name="r">Square root of the fit ratio, in [0, 1).</param>
    /// <param name="relativeNoise">σ²_rel ≥ 0, in the same units.</param>
    public double RelativeTestError(double r, double relativeNoise)
    {
        RequireTheoremConditions();
        ArgumentOutOfRangeException.ThrowIfNegative(r);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(r, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(relativeNoise);
        return (Math.Pow(1 - r, 1 - Beta) / Alpha + relativeNoise) / (1 / Alpha + (1 - 1 / Alpha) * r);
    }

    /// <summary>
    /// Asymptotic fit ratio E_train/E_test = r² of kernel ridge regression at the optimal ridge.
    /// </summary>
    /// <param name="relativeNoise">σ²_rel ≥ 0: noise variance in units of the noiseless ridgeless error.</param>
    public double OptimalFitRatio(double relativeNoise)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(relativeNoise);
        if (relativeNoise <= ObligatoryOverfittingNoise)
            return 0;
        var (low, high) = (0.0, 1.0);
        for (var halving = 0; halving < 60; halving++)
        {
            var r = (low + high) / 2;
            if (OptimalityCondition(r, relativeNoise) < 0)
                low = r;
            else
                high = r;
        }

        return low * low;
    }

    private double OptimalityCondition(double r, double relativeNoise) =>
        Beta - Alpha + (Alpha - 1) * Beta * r - Alpha * (Alpha - 1) * Math.Pow(1 - r, Beta) * relativeNoise;

    /// <summary>Σ_{i=first}^{last} i^−p: term by term when short, else by Euler–Maclaurin, exact to rounding for first ≥ 500.</summary>
    private static double PowerSum(long first, long last, double p)
    {
        if (last - first < 8)
        {
            var sum = 0.0;
            for (var i = first; i <= last; i++)
                sum += Math.Pow(i, -p);
            return sum;
        }

        double a = first, b = last;
        var integral = Math.Abs(p - 1) < 1e-12 ? Math.Log(b / a) : (Math.Pow(a, 1 - p) - Math.Pow(b, 1 - p)) / (p - 1);
        return integral + (Math.Pow(a, -p) + Math.Pow(b, -p)) / 2 + p * (Math.Pow(a, -p - 1) - Math.Pow(b, -p - 1)) / 12;
    }

    private void RequireTheoremConditions()
    {
        if (Alpha <= 1 || Beta <= 1 || Beta >= 2 * Alpha + 1)
            throw new InvalidOperationException($"The power-law theorem needs α > 1 and 1 < β < 2α+1, but α = {Alpha} and β = {Beta}.");
    }
}
