namespace DailyPapers.Lab.Generalization.LearningDynamics;

/// <summary>
/// The limit law of the eigenvalues of Σ_μ x_μ x_μᵀ for P = αN samples in N dimensions with independent entries of variance 1/N
/// (Marchenko and Pastur 1967): ρ(λ) = √((λ₊ − λ)(λ − λ₋)) / (2πλ) on λ± = (√α ± 1)², and for α &lt; 1 a mass 1 − α at 0.
/// </summary>
/// <remarks>
/// This is the normalisation of arXiv:1710.03667: the mean eigenvalue is α, not 1. For the covariance (1/P) Σ x xᵀ of unit-variance
/// entries divide λ by α.
/// </remarks>
public sealed class MarchenkoPastur
{
    private const int Nodes = 8000;

    private readonly double[] _eigenvalues = new double[Nodes];
    private readonly double[] _weights = new double[Nodes];

    /// <summary>The law at a ratio.</summary>
    /// <param name="alpha">α = P/N, positive.</param>
    public MarchenkoPastur(double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        if (!double.IsFinite(alpha))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The ratio of samples to dimensions must be finite.");
        Alpha = alpha;
        (Smallest, Largest) = (Math.Pow(Math.Sqrt(alpha) - 1, 2), Math.Pow(Math.Sqrt(alpha) + 1, 2));
        var (middle, half) = ((Smallest + Largest) / 2, (Largest - Smallest) / 2);
        // Gauss and Chebyshev's rule of the second kind: its weight function is the density's square root.
        for (var k = 0; k < Nodes; k++)
        {
            var angle = Math.PI * (k + 1) / (Nodes + 1);
            _eigenvalues[k] = middle + half * Math.Cos(angle);
            _weights[k] = half * half * Math.Pow(Math.Sin(angle), 2) / (2 * (Nodes + 1) * _eigenvalues[k]);
        }
    }

    /// <summary>α = P/N.</summary>
    public double Alpha { get; }

    /// <summary>λ₋, the smallest eigenvalue above 0.</summary>
    public double Smallest { get; }

    /// <summary>λ₊.</summary>
    public double Largest { get; }

    /// <summary>The share of eigenvalues that are 0: directions in which there are no data.</summary>
    public double MassAtZero => Math.Max(0, 1 - Alpha);

    /// <summary>The density of the continuous part; 0 outside of it.</summary>
    public double Density(double eigenvalue) => eigenvalue > Smallest && eigenvalue < Largest && eigenvalue > 0
        ? Math.Sqrt((Largest - eigenvalue) * (eigenvalue - Smallest)) / (2 * Math.PI * eigenvalue)
        : 0;

    // #region mean
    /// <summary>∫ρ(λ) f(λ) dλ over the continuous part, whose mass is min(1, α); add <see cref="MassAtZero"/> · f(0) where that counts.</summary>
    /// <param name="function">f; it may vary on a scale of λ down to about 1e-6.</param>
    public double ContinuousMean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var sum = 0.0;
        for (var k = 0; k < Nodes; k++)
            sum += _weights[k] * function(_eigenvalues[k]);
        return sum;
    }
    // #endregion mean

    /// <summary>The share of eigenvalues, zeros included, that are at most <paramref name="eigenvalue"/>.</summary>
    public double Cumulative(double eigenvalue)
    {
        if (eigenvalue < 0)
            return 0;
        var sum = MassAtZero;
        for (var k = Nodes - 1; k >= 0 && _eigenvalues[k] <= eigenvalue; k--)
            sum += _weights[k];
        return Math.Min(1, sum);
    }
}
