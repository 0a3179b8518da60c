using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;

/// <summary>
/// An activation that is learnt: every group of channels has a rational function (arXiv:2409.10594, section 4), fitted at first to
/// a common activation. Forward and backward are fused on the CPU.
/// </summary>
public sealed class RationalActivation : Module<Tensor, Tensor>
{
    private readonly Parameter _numerator;
    private readonly Parameter _denominator;
    private readonly int _channels;
    private readonly RationalDenominator _form;

    /// <summary>An activation that begins as <paramref name="init"/>.</summary>
    /// <param name="channels">Channels of the input's last axis.</param>
    /// <param name="groups">g, equal groups of channels; as many as channels gives every channel its own.</param>
    /// <param name="init">What it begins as.</param>
    /// <param name="numeratorDegree">m.</param>
    /// <param name="denominatorDegree">n.</param>
    /// <param name="sharing">Which coefficients the groups have in common.</param>
    /// <param name="form">The denominator's form.</param>
    /// <param name="fused">Whether the fused pass is used where it can be; else tensor operations always.</param>
    /// <param name="device">Where the coefficients live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public RationalActivation(
        int channels, int groups = 8, RationalTarget init = RationalTarget.Gelu, int numeratorDegree = 5, int denominatorDegree = 4,
        RationalSharing sharing = RationalSharing.Numerator, RationalDenominator form = RationalDenominator.AbsoluteOfSum, bool fused = true,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(RationalActivation))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (channels % groups != 0)
            throw new ArgumentException($"channels {channels} are not divisible by groups {groups}.", nameof(groups));
        Initial = RationalFit.To(init, numeratorDegree, denominatorDegree, form);
        (_channels, _form, Fused) = (channels, form, fused);
        _numerator = Repeated(Initial.Numerator, sharing == RationalSharing.Numerator ? 1 : groups);
        _denominator = Repeated(Initial.Denominator, sharing == RationalSharing.Denominator ? 1 : groups);
        RegisterComponents();

        Parameter Repeated(IReadOnlyList<double> values, long times)
        {
            using var row = tensor(values.ToArray(), 1, values.Count, dtype: dtype ?? float32, device: device);
            return new Parameter(row.repeat(times, 1));
        }
    }

    /// <summary>What every group began as.</summary>
    public RationalCoefficients Initial { get; }

    /// <summary>Whether the fused pass is used where it can be.</summary>
    public bool Fused { get; set; }

    /// <summary>a, (groups, m + 1), or (1, m + 1) where it is shared.</summary>
    public Parameter Numerator => _numerator;

    /// <summary>b, (groups, n), or (1, n) where it is shared.</summary>
    public Parameter Denominator => _denominator;

    /// <inheritdoc/>
    /// <param name="input">(..., channels).</param>
    /// <returns>(..., channels).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _channels);
        return Fused ? RationalFunction.Apply(input, _numerator, _denominator, _form) : RationalFunction.Composed(input, _numerator, _denominator, _form);
    }
}
