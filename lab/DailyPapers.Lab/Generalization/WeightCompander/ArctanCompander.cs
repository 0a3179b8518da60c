using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>
/// Weight compander (Cakaj, Mehnert and Yang 2023): w = a arctan(v / b). Near zero the slope is a / b, so small weights are pushed
/// away from zero; far out it falls to nothing, and |w| stays below a π / 2. The form with these two constants is taken from
/// descriptions of the paper.
/// </summary>
public sealed class ArctanCompander : Module<Tensor, Tensor>, IWeightReparameterization
{
    private readonly double _a;
    private readonly double _b;
    private readonly Parameter? _logA;
    private readonly Parameter? _logB;

    /// <summary>A compander.</summary>
    /// <param name="a">Height, above 0; in the weights' units.</param>
    /// <param name="b">Width, above 0; in the units of v.</param>
    /// <param name="learnable">Whether a and b are trained; their logarithms are then parameters, so that both stay positive.</param>
    /// <param name="device">Where learnt constants live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public ArctanCompander(double a, double b, bool learnable = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ArctanCompander))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        (_a, _b) = (a, b);
        if (learnable)
        {
            _logA = new Parameter(full([], Math.Log(a), dtype: dtype, device: device));
            _logB = new Parameter(full([], Math.Log(b), dtype: dtype, device: device));
        }
        RegisterComponents();
    }

    /// <summary>A compander for weights of a given standard deviation: a = κ deviation, b = a / slope.</summary>
    /// <param name="deviation">Of the layer's initial weights.</param>
    /// <param name="kappa">κ; the bound is then κ π / 2 deviations.</param>
    /// <param name="slope">The slope at zero, a / b.</param>
    /// <param name="learnable">Whether a and b are trained.</param>
    /// <param name="device">Where learnt constants live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public static ArctanCompander ForDeviation(
        double deviation, double kappa, double slope, bool learnable = false, Device? device = null, ScalarType? dtype = null) =>
        new(kappa * deviation, kappa * deviation / slope, learnable, device, dtype);

    /// <summary>a, as it is now.</summary>
    public double A => _logA is null ? _a : Math.Exp(Value(_logA));

    /// <summary>b, as it is now.</summary>
    public double B => _logB is null ? _b : Math.Exp(Value(_logB));

    /// <inheritdoc/>
    public double Bound => A * Math.PI / 2;

    /// <inheritdoc/>
    // #region arctan
    public Tensor Compand(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        var w = _logA is null || _logB is null
            ? (v / _b).atan() * _a
            : (v / _logB.exp()).atan() * _logA.exp();
        return w.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Inverse(Tensor w)
    {
        ArgumentNullException.ThrowIfNull(w);
        using var scope = NewDisposeScope();
        // Past the bound the tangent comes back from the other side; such a weight has no v.
        return ((w / A).tan() * B).masked_fill(w.abs().ge(Bound), double.NaN).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Derivative(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        var (a, b) = (A, B);
        return (a * b / (v.square() + b * b)).MoveToOuterDisposeScope();
    }
    // #endregion arctan

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Compand(input);

    private static double Value(Tensor logarithm)
    {
        using var exact = logarithm.detach().to(float64).cpu();
        return exact.item<double>();
    }
}
