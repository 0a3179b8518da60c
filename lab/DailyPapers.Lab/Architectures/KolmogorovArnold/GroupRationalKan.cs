using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold;

/// <summary>
/// Two <see cref="GroupRationalKanLayer"/>s in the place of a transformer's feed-forward part (arXiv:2409.10594, section 4.5): the
/// first begins as the identity, the second as a common activation.
/// </summary>
public sealed class GroupRationalKan : Module<Tensor, Tensor>
{
    private readonly GroupRationalKanLayer _first;
    private readonly GroupRationalKanLayer _second;

    /// <summary>Layers at their initial weights.</summary>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="hidden">Channels between the layers, usually 4 dim.</param>
    /// <param name="groups">g, a divisor of both; 0 gives every channel a function of its own.</param>
    /// <param name="init">What the second layer's functions begin as.</param>
    /// <param name="variancePreserving">Whether weights are drawn so that the variance is kept.</param>
    /// <param name="sharing">Which coefficients the groups have in common.</param>
    /// <param name="form">The denominator's form.</param>
    /// <param name="fused">Whether functions are computed in one pass where they can be.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public GroupRationalKan(
        int dim, int hidden, int groups = 8, RationalTarget init = RationalTarget.Swish, bool variancePreserving = true,
        RationalSharing sharing = RationalSharing.Numerator, RationalDenominator form = RationalDenominator.AbsoluteOfSum, bool fused = true,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(GroupRationalKan))
    {
        _first = new(dim, hidden, groups == 0 ? dim : groups, RationalTarget.Identity, true, variancePreserving, sharing, form, fused, device, dtype);
        _second = new(hidden, dim, groups == 0 ? hidden : groups, init, true, variancePreserving, sharing, form, fused, device, dtype);
        RegisterComponents();
    }

    /// <summary>The layer in (dim → hidden).</summary>
    public GroupRationalKanLayer First => _first;

    /// <summary>The layer out (hidden → dim).</summary>
    public GroupRationalKanLayer Second => _second;

    /// <inheritdoc/>
    /// <param name="input">(..., dim).</param>
    /// <returns>(..., dim).</returns>
    public override Tensor forward(Tensor input)
    {
        using var hidden = _first.call(input);
        return _second.call(hidden);
    }
}
