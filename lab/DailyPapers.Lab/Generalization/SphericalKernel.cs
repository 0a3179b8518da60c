namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Mercer decomposition of a kernel k(x, x') = κ(⟨x, x'⟩) on the unit sphere S^(d−1) with uniform inputs: one eigenvalue
/// for each degree ℓ, with the degree's spherical harmonics as eigenfunctions.
/// </summary>
/// <remarks>
/// Funk–Hecke: λ_ℓ = ∫ κ(t) P_ℓ(t) (1−t²)^((d−3)/2) dt / ∫ (1−t²)^((d−3)/2) dt, where P_ℓ is the Gegenbauer polynomial
/// of dimension d with P_ℓ(1) = 1. With t = cos θ the integrand of every ReLU kernel is smooth in θ, so that
/// Gauss–Legendre panels in θ converge to rounding; a panel boundary lies at t = 0, where a ReLU itself has its kink.
/// </remarks>
public sealed class SphericalKernel
{
    private const int Panels = 128;

    // _nodes and weights of the 8-point Gauss-Legendre rule on [-1, 1], positive half.
    private static readonly double[] _nodes = [0.18343464249564980, 0.52553240991632899, 0.79666647741362674, 0.96028985649753623];
    private static readonly double[] _weights = [0.36268378337836198, 0.31370664587788729, 0.22238103445337447, 0.10122853629037626];

    /// <summary>Decomposes a kernel.</summary>
    /// <param name="profile">κ(t), t = ⟨x, x'⟩ in [−1, 1]; continuous.</param>
    /// <param name="dimension">d ≥ 3, of the space that holds the sphere.</param>
    /// <param name="maxDegree">Largest degree ℓ ≥ 0.</param>
    public SphericalKernel(Func<double, double> profile, int dimension, int maxDegree)
    {
        Dimension = dimension;
        // A kernel's eigenvalue is never negative; what comes out so is the rounding of a zero.
        var eigenvalues = FunkHecke(profile, dimension, maxDegree);
        for (var degree = 0; degree <= maxDegree; degree++)
            eigenvalues[degree] = Math.Max(0, eigenvalues[degree]);
        Eigenvalues = eigenvalues;
        Multiplicities = [.. Enumerable.Range(0, maxDegree + 1).Select(degree => HarmonicCount(dimension, degree))];
    }

    /// <summary>Dimension d of the space that holds the sphere.</summary>
    public int Dimension { get; }

    /// <summary>λ_ℓ by degree ℓ.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>Number of harmonics by degree ℓ.</summary>
    public IReadOnlyList<double> Multiplicities { get; }

    /// <summary>The spectrum, with a target whose squared norm in degree ℓ is <paramref name="targetPower"/>[ℓ].</summary>
    /// <param name="targetPower">Powers from degree 0 on; missing degrees have none.</param>
    public KernelSpectrum WithTarget(IReadOnlyList<double> targetPower)
    {
        ArgumentNullException.ThrowIfNull(targetPower);
        if (targetPower.Count > Eigenvalues.Count)
            throw new ArgumentException($"The target reaches degree {targetPower.Count - 1}, but only degrees up to {Eigenvalues.Count - 1} were decomposed.", nameof(targetPower));
        return new KernelSpectrum(Eigenvalues, Eigenvalues.Select((_, degree) => degree < targetPower.Count ? targetPower[degree] : 0), Multiplicities);
    }

    /// <summary>
    /// Funk–Hecke coefficients E[g(⟨w, x⟩) P_ℓ(⟨w, x⟩)] over x uniform on the sphere, by degree: the factor by which the
    /// integral operator of the profile g multiplies harmonics. Unlike a kernel's they may be negative.
    /// </summary>
    /// <param name="profile">g(t) on [−1, 1], smooth but for a possible kink at 0.</param>
    /// <param name="dimension">d ≥ 3.</param>
    /// <param name="maxDegree">Largest degree ≥ 0.</param>
    public static double[] FunkHecke(Func<double, double> profile, int dimension, int maxDegree)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 3);
        ArgumentOutOfRangeException.ThrowIfNegative(maxDegree);
        var sums = new double[maxDegree + 1];
        var magnitudes = new double[maxDegree + 1];
        var area = 0.0;
        for (var panel = 0; panel < Panels; panel++)
        {
            for (var node = -_nodes.Length; node < _nodes.Length; node++)
            {
                var (offset, weight) = node < 0 ? (-_nodes[~node], _weights[~node]) : (_nodes[node], _weights[node]);
                var angle = Math.PI * (panel + (1 + offset) / 2) / Panels;
                var t = Math.Cos(angle);
                var density = weight * Math.Pow(Math.Sin(angle), dimension - 2);
                area += density;
                var value = profile(t) * density;
                foreach (var (degree, polynomial) in Gegenbauers(dimension, maxDegree, t))
                {
                    sums[degree] += value * polynomial;
                    magnitudes[degree] += Math.Abs(value * polynomial);
                }
            }
        }

        // What cancels to within rounding is zero, as the odd degrees from 3 on of a ReLU are.
        for (var degree = 0; degree <= maxDegree; degree++)
            sums[degree] = Math.Abs(sums[degree]) > 1e-13 * magnitudes[degree] ? sums[degree] / area : 0;
        return sums;
    }

    /// <summary>Gegenbauer polynomial P_ℓ(t) of dimension d, normalised to P_ℓ(1) = 1.</summary>
    /// <param name="dimension">d ≥ 3.</param>
    /// <param name="degree">ℓ ≥ 0.</param>
    /// <param name="t">Argument in [−1, 1].</param>
    public static double Gegenbauer(int dimension, int degree, double t)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 3);
        ArgumentOutOfRangeException.ThrowIfNegative(degree);
        var last = 0.0;
        foreach (var (_, polynomial) in Gegenbauers(dimension, degree, t))
            last = polynomial;
        return last;
    }

    /// <summary>Number of linearly independent spherical harmonics of degree ℓ in dimension d.</summary>
    /// <param name="dimension">d ≥ 3.</param>
    /// <param name="degree">ℓ ≥ 0.</param>
    public static double HarmonicCount(int dimension, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 3);
        ArgumentOutOfRangeException.ThrowIfNegative(degree);
        if (degree == 0)
            return 1;
        var binomial = 1.0;
        for (var i = 1; i < degree; i++)
            binomial = binomial * (dimension - 2 + i) / i;
        return Math.Round((2.0 * degree + dimension - 2) / degree * binomial);
    }

    private static IEnumerable<(int Degree, double Value)> Gegenbauers(int dimension, int maxDegree, double t)
    {
        var (previous, current) = (0.0, 1.0);
        for (var degree = 0; degree <= maxDegree; degree++)
        {
            yield return (degree, current);
            (previous, current) = (current, ((2.0 * degree + dimension - 2) * t * current - degree * previous) / (degree + dimension - 2));
        }
    }
}
