namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>
/// The prior of θ = u₁u₂…u_L with each factor uniform on [−1, 1]: one coordinate of a diagonal linear network of depth L. The deeper
/// it is, the more of its parameter vectors give a function near zero.
/// </summary>
/// <remarks>−ln |u| is exponential, so t = −ln |θ| has a Gamma(L, 1) law, and P(|θ| ≤ ε) = ε Σ_{k&lt;L} (ln 1/ε)^k / k!.</remarks>
/// <param name="Depth">L, at least 1; 1 is the uniform prior.</param>
public sealed record ProductPrior(int Depth)
{
    private const int Nodes = 4000;

    /// <summary>L, at least 1.</summary>
    public int Depth { get; } = Depth >= 1 ? Depth : throw new ArgumentOutOfRangeException(nameof(Depth), Depth, "A product needs at least one factor.");

    /// <summary>P(|θ| ≤ ε) for ε in (0, 1].</summary>
    public double Weight(double epsilon)
    {
        if (epsilon is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The radius must lie above 0 and be at most 1.");
        double logarithm = -Math.Log(epsilon), term = 1, sum = 0;
        for (var k = 0; k < Depth; k++)
        {
            sum += term;
            term *= logarithm / (k + 1);
        }
        return epsilon * sum;
    }

    /// <summary>
    /// Expected regret, in nats, of the mixture about one mean θ₀ known from n observations θ₀ + N(0, 1):
    /// E_z ln N(z; θ₀, 1/n) − ln ∫ π(θ) N(z; θ, 1/n) dθ with z the sample mean.
    /// </summary>
    /// <param name="truth">θ₀, from −1 to 1.</param>
    /// <param name="samples">n, positive.</param>
    public double GaussianRegret(double truth, double samples)
    {
        if (!(Math.Abs(truth) <= 1))
            throw new ArgumentOutOfRangeException(nameof(truth), truth, "The prior lives on −1 to 1.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        // Means |θ| and their masses, by the midpoint rule; close enough together for the kernel N(·; 1/n) where |θ| is large.
        var end = Depth + 40.0;
        var (means, masses) = (new double[Nodes], new double[Nodes]);
        for (var i = 0; i < Nodes; i++)
        {
            // Quadratic spacing puts nodes where θ = e^−t moves fastest.
            double u = (i + 0.5) / Nodes, t = end * u * u, logGamma = 0;
            for (var k = 2; k < Depth; k++)
                logGamma += Math.Log(k);
            means[i] = Math.Exp(-t);
            masses[i] = Math.Exp((Depth - 1) * Math.Log(t) - t - logGamma) * 2 * end * u / Nodes;
        }

        const int steps = 240;
        const double reach = 8;
        double regret = 0, scale = 1 / Math.Sqrt(samples);
        for (var step = 0; step < steps; step++)
        {
            var g = reach * (2 * (step + 0.5) / steps - 1);
            var z = truth + scale * g;
            var mixture = 0.0;
            for (var i = 0; i < Nodes; i++)
            {
                double near = (z - means[i]) / scale, far = (z + means[i]) / scale;
                if (Math.Min(Math.Abs(near), Math.Abs(far)) < 12) // beyond, below 1e-31
                    mixture += masses[i] * 0.5 * (Math.Exp(-near * near / 2) + Math.Exp(-far * far / 2));
            }
            var density = Math.Exp(-g * g / 2) / Math.Sqrt(2 * Math.PI) * (2 * reach / steps);
            regret += density * (-g * g / 2 - Math.Log(mixture));
        }
        return regret;
    }
}
