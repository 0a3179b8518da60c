using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>
/// What keeps a weight matrix's singular values small, applied after each step of the optimizer (arXiv:2507.13338, section 3). Norms are in
/// units of √(out/in), in which a layer of norm 1 keeps the root mean square of its input's entries at most.
/// </summary>
public abstract class SpectralConstraint
{
    private protected SpectralConstraint(double maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximum);
        Maximum = maximum;
    }

    /// <summary>σ_max, the norm that is allowed, in units of √(out/in).</summary>
    public double Maximum { get; }

    /// <summary>Changes a matrix in place.</summary>
    /// <param name="weight">(out, in).</param>
    /// <param name="stepSize">η of the step just taken.</param>
    public void Apply(Tensor weight, double stepSize)
    {
        ArgumentNullException.ThrowIfNull(weight);
        TensorShape.Require(weight, nameof(weight), TensorShape.Any, TensorShape.Any);
        ArgumentOutOfRangeException.ThrowIfNegative(stepSize);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var unit = Math.Sqrt(weight.shape[0] / (double)weight.shape[1]);
        weight.copy_(Constrained(weight / unit, stepSize) * unit);
    }

    /// <summary>The constrained matrix.</summary>
    /// <param name="weight">W in units of √(out/in).</param>
    /// <param name="stepSize">η.</param>
    private protected abstract Tensor Constrained(Tensor weight, double stepSize);
}
