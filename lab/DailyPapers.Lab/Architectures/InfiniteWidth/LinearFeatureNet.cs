using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.InfiniteWidth;

/// <summary>
/// A linear network with one hidden layer: a sample of finite width, or the exact infinite-width limit of µP (arXiv:2011.14522,
/// section 6), which is itself a network of width d + o.
/// </summary>
/// <remarks>
/// Under µP, the columns of U and the rows of W are n-vectors that are and stay linear combinations of their d + o initial values, and
/// those become orthonormal under ⟨u, v⟩/n as n grows. In coordinates of that basis U starts as [I; 0], W as [0, I], 1/n disappears,
/// and nothing is random any more.
/// </remarks>
public sealed class LinearFeatureNet : IDisposable
{
    private LinearFeatureNet(Tensor input, Tensor output, LinearScaling scaling)
    {
        (Input, Output, Scaling) = (input.DetachFromDisposeScope(), output.DetachFromDisposeScope(), scaling);
    }

    /// <summary>U, (n, d), float64; owned by the network, trained in place.</summary>
    public Tensor Input { get; }

    /// <summary>W, (o, n), float64; owned by the network, trained in place.</summary>
    public Tensor Output { get; }

    /// <summary>ρ and s.</summary>
    public LinearScaling Scaling { get; }

    /// <summary>A network of finite width whose U and W have independent normal entries.</summary>
    /// <param name="inputs">d.</param>
    /// <param name="width">n.</param>
    /// <param name="outputs">o.</param>
    /// <param name="scaling">µP or the neural tangent parametrization at this width.</param>
    /// <param name="seed">The stream of the weights.</param>
    /// <param name="outputScale">σ_v, the standard deviation of W's entries, at least 0; that of U's is 1.</param>
    public static LinearFeatureNet Sample(int inputs, int width, int outputs, LinearScaling scaling, Seed seed, double outputScale = 1)
    {
        Require(inputs, outputs, outputScale);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        using Scalar scale = outputScale;
        return new(
            randn([width, inputs], dtype: float64, generator: generator),
            randn([outputs, width], dtype: float64, generator: generator).mul_(scale),
            scaling);
    }

    // #region limit
    /// <summary>The limit n → ∞ of µP: U = [I; 0], W = [0, σ_v I], so that f = 0 at first.</summary>
    /// <param name="inputs">d.</param>
    /// <param name="outputs">o.</param>
    /// <param name="outputScale">σ_v, at least 0.</param>
    public static LinearFeatureNet Limit(int inputs, int outputs, double outputScale = 1)
    {
        Require(inputs, outputs, outputScale);
        using var scope = NewDisposeScope();
        using Scalar scale = outputScale;
        return new(
            eye(inputs + outputs, inputs, dtype: float64),
            cat([zeros(outputs, inputs, dtype: float64), eye(outputs, dtype: float64).mul_(scale)], 1),
            LinearScaling.Limit);
    }
    // #endregion limit

    /// <summary>f(x) = ρ W U x, (B, o).</summary>
    /// <param name="inputs">(B, d), float64.</param>
    public Tensor Forward(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        using Scalar readout = Scaling.Readout;
        return inputs.mm(Input.t()).mm(Output.t()).mul_(readout).MoveToOuterDisposeScope();
    }

    /// <summary>One step of gradient descent from the loss's slopes by the outputs.</summary>
    /// <param name="inputs">(B, d), float64.</param>
    /// <param name="slopes">χ = ∂loss/∂f(x), (B, o).</param>
    /// <param name="learningRate">η, positive.</param>
    public void Step(Tensor inputs, Tensor slopes, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(slopes);
        using var scope = NewDisposeScope();
        Descend(slopes.mm(Output).t().mm(inputs), slopes.t().mm(inputs.mm(Input.t())), learningRate);
    }

    /// <summary>U ← U − η s (…), W ← W − η s (…).</summary>
    /// <param name="inputGradient">Σ Wᵀχxᵀ, (n, d).</param>
    /// <param name="outputGradient">Σ χ(Ux)ᵀ, (o, n).</param>
    /// <param name="learningRate">η, positive.</param>
    public void Descend(Tensor inputGradient, Tensor outputGradient, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(inputGradient);
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        using Scalar descent = -learningRate * Scaling.StepScale;
        Input.add_(inputGradient, descent);
        Output.add_(outputGradient, descent);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }

    private static void Require(int inputs, int outputs, double outputScale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outputScale);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
    }
}
