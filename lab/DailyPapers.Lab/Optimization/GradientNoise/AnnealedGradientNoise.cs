using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Optimization.GradientNoise;

/// <summary>
/// Gaussian noise on every coordinate of the gradient with a variance that decays with the step, σ²ₜ = η/(1 + t)^γ
/// (arXiv:1511.06807, section 2).
/// </summary>
/// <remarks>
/// η is the first step's variance, not its deviation. The paper takes γ = 0.55 and chooses η from 0.01, 0.3 and 1. Noise comes after
/// clipping, otherwise the clip would mostly shorten the noise.
/// </remarks>
public sealed class AnnealedGradientNoise
{
    /// <summary>The paper's γ.</summary>
    public const double PaperDecay = 0.55;

    /// <summary>A schedule.</summary>
    /// <param name="eta">η, the variance at step 0, at least 0.</param>
    /// <param name="gamma">γ, at least 0; with 0 the noise keeps its size.</param>
    public AnnealedGradientNoise(double eta, double gamma = PaperDecay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(eta);
        ArgumentOutOfRangeException.ThrowIfNegative(gamma);
        (Eta, Gamma) = (eta, gamma);
    }

    /// <summary>η.</summary>
    public double Eta { get; }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    // #region schedule
    /// <summary>σ²ₜ = η/(1 + t)^γ.</summary>
    /// <param name="step">t, from 0.</param>
    public double Variance(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Eta * Math.Pow(1 + step, -Gamma);
    }

    /// <summary>
    /// Σσ²ₜ over the steps 0 to T − 1: times the squared step size it is the variance that the noise alone gives a parameter under plain
    /// gradient descent.
    /// </summary>
    /// <param name="steps">T, from 0.</param>
    public double TotalVariance(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var sum = 0.0;
        for (var step = 0L; step < steps; step++)
            sum += Variance(step);
        return sum;
    }

    /// <summary>Noise that stays the same and adds up to as much over <paramref name="steps"/> steps: the control for annealing.</summary>
    public AnnealedGradientNoise ConstantOfSameTotal(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return new(TotalVariance(steps) / steps, gamma: 0);
    }
    // #endregion schedule

    /// <summary>Adds the noise of one step to a gradient, in place.</summary>
    /// <param name="gradient">Any shape, floating point.</param>
    /// <param name="step">t, from 0.</param>
    /// <param name="generator">The stream of the noise.</param>
    public void AddTo(Tensor gradient, long step, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(generator);
        var variance = Variance(step);
        if (variance == 0)
            return;
        using var scope = NewDisposeScope();
        using Scalar deviation = Math.Sqrt(variance);
        gradient.add_(randn(gradient.shape, dtype: gradient.dtype, generator: generator), deviation);
    }
}
