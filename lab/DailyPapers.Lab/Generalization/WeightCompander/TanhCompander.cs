using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>w = a tanh(v / b): bounded by a, and flat sooner than <see cref="ArctanCompander"/>.</summary>
public sealed class TanhCompander : IWeightReparameterization
{
    private readonly double _a;
    private readonly double _b;

    /// <summary>A compander of height <paramref name="a"/> and width <paramref name="b"/>, both above 0.</summary>
    public TanhCompander(double a, double b)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        (_a, _b) = (a, b);
    }

    /// <inheritdoc/>
    public double Bound => _a;

    /// <inheritdoc/>
    public Tensor Compand(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        return ((v / _b).tanh() * _a).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Inverse(Tensor w)
    {
        ArgumentNullException.ThrowIfNull(w);
        using var scope = NewDisposeScope();
        return ((w / _a).atanh() * _b).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        return ((1 - (v / _b).tanh().square()) * (_a / _b)).MoveToOuterDisposeScope();
    }
}
