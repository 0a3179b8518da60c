using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold;

/// <summary>
/// A group-rational Kolmogorov-Arnold layer (GR-KAN, arXiv:2409.10594, equation 12): y = W F(x) + bias, where F acts on each channel
/// by its group's rational function.
/// </summary>
/// <remarks>
/// The edge from input j to output i carries w_ij F_g(j): functions are shared by a group of inputs, weights are not. W is drawn
/// from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).
/// </remarks>
public sealed class GroupRationalKanLayer : Module<Tensor, Tensor>
{
    private readonly RationalActivation _activation;
    private readonly Linear _linear;

    /// <summary>A layer at its initial weights.</summary>
    /// <param name="inFeatures">d_in.</param>
    /// <param name="outFeatures">d_out.</param>
    /// <param name="groups">g, a divisor of <paramref name="inFeatures"/>.</param>
    /// <param name="init">What F begins as.</param>
    /// <param name="bias">Whether a bias, at first 0, is added.</param>
    /// <param name="variancePreserving">W from N(0, α/d_in) with F's gain α (section 4.4); else uniform Xavier, as in a transformer's linear layers.</param>
    /// <param name="sharing">Which coefficients the groups have in common.</param>
    /// <param name="form">The denominator's form.</param>
    /// <param name="fused">Whether F is computed in one pass where it can be.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public GroupRationalKanLayer(
        int inFeatures, int outFeatures, int groups = 8, RationalTarget init = RationalTarget.Gelu, bool bias = true, bool variancePreserving = true,
        RationalSharing sharing = RationalSharing.Numerator, RationalDenominator form = RationalDenominator.AbsoluteOfSum, bool fused = true,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(GroupRationalKanLayer))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        _activation = new(inFeatures, groups, init, sharing: sharing, form: form, fused: fused, device: device, dtype: dtype);
        _linear = Linear(inFeatures, outFeatures, bias, device, dtype);
        if (variancePreserving)
            nn.init.normal_(_linear.weight, 0, Math.Sqrt(_activation.Initial.Gain() / inFeatures));
        else
            nn.init.xavier_uniform_(_linear.weight);
        if (bias)
            nn.init.zeros_(_linear.bias);
        RegisterComponents();
    }

    /// <summary>F.</summary>
    public RationalActivation Activation => _activation;

    /// <summary>W and the bias.</summary>
    public Linear Weights => _linear;

    /// <summary>Parameters of a layer with degrees 5 and 4 and a bias: d_in d_out + d_out and the functions' (table 1).</summary>
    /// <param name="inFeatures">d_in.</param>
    /// <param name="outFeatures">d_out.</param>
    /// <param name="groups">g.</param>
    /// <param name="sharing">Which coefficients the groups have in common.</param>
    public static long ParameterCount(int inFeatures, int outFeatures, int groups = 8, RationalSharing sharing = RationalSharing.Numerator) =>
        (long)inFeatures * outFeatures + outFeatures + (sharing == RationalSharing.Numerator ? 1 : groups) * 6 + (sharing == RationalSharing.Denominator ? 1 : groups) * 4;

    /// <inheritdoc/>
    /// <param name="input">(..., d_in).</param>
    /// <returns>(..., d_out).</returns>
    public override Tensor forward(Tensor input)
    {
        using var activated = _activation.call(input);
        return _linear.call(activated);
    }
}
