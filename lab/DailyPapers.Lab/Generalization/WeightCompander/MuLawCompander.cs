using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>The μ-law of telephony: w = s sign(v) ln(1 + μ |v| / s) / ln(1 + μ), which keeps ± s where it is; without a bound.</summary>
public sealed class MuLawCompander : IWeightReparameterization
{
    private readonly double _mu;
    private readonly double _scale;

    /// <summary>A compander of strength <paramref name="mu"/> and fixed points ± <paramref name="scale"/>, both above 0.</summary>
    public MuLawCompander(double mu, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mu);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        (_mu, _scale) = (mu, scale);
    }

    /// <inheritdoc/>
    public double Bound => double.PositiveInfinity;

    /// <inheritdoc/>
    public Tensor Compand(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        return (v.sign() * (v.abs() * (_mu / _scale)).log1p() * (_scale / Math.Log(1 + _mu))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Inverse(Tensor w)
    {
        ArgumentNullException.ThrowIfNull(w);
        using var scope = NewDisposeScope();
        return (w.sign() * (w.abs() * (Math.Log(1 + _mu) / _scale)).expm1() * (_scale / _mu)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        return (_mu / Math.Log(1 + _mu) / (v.abs() * (_mu / _scale) + 1)).MoveToOuterDisposeScope();
    }
}
