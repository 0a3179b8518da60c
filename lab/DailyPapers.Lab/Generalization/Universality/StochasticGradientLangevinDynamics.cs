using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>
/// Stochastic gradient Langevin dynamics, θ ← θ − (η/2) ∇U(θ) + √η ξ with U = −ln posterior: gradient descent whose noise makes it
/// sample the posterior (Welling and Teh 2011; in arXiv:2506.07661 the practical form of the mixture learner).
/// </summary>
/// <param name="gradient">
/// ∇U, or an unbiased estimate of it, for all chains at once: takes and returns a tensor of the parameters' shape.
/// </param>
/// <param name="start">Starting points, (chains, d) or any other shape; copied.</param>
/// <param name="seed">The stream of the noise ξ.</param>
public sealed class StochasticGradientLangevinDynamics(Func<Tensor, Tensor> gradient, Tensor start, Seed seed) : IDisposable
{
    private readonly Func<Tensor, Tensor> _gradient = gradient ?? throw new ArgumentNullException(nameof(gradient));
    private readonly Generator _generator = seed.ToGenerator();

    /// <summary>The present parameters, in the shape of the start.</summary>
    public Tensor Parameters { get; } = (start ?? throw new ArgumentNullException(nameof(start))).detach().clone().DetachFromDisposeScope();

    // #region langevin
    /// <summary>One step of size η.</summary>
    public void Step(double stepSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSize);
        using var scope = NewDisposeScope();
        var noise = randn(Parameters.shape, dtype: Parameters.dtype, generator: _generator);
        Parameters.sub_(_gradient(Parameters) * (stepSize / 2)).add_(noise * Math.Sqrt(stepSize));
    }
    // #endregion langevin

    /// <summary>
    /// The variance at which the chain settles for U = a θ²/2: 1/(a (1 − η a/4)), against 1/a of the posterior. The difference is
    /// the bias of a finite step.
    /// </summary>
    /// <param name="curvature">a, positive.</param>
    /// <param name="stepSize">η, below 4/a, beyond which the chain diverges.</param>
    public static double StationaryVariance(double curvature, double stepSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(curvature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(stepSize * curvature, 4);
        return 1 / (curvature * (1 - stepSize * curvature / 4));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        _generator.Dispose();
    }
}
