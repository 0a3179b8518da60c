using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// The channel mixing of a Strip-MLP block (Cao et al. 2023, figure 2c): a depth-wise 7 × 7 convolution without bias, then, position by
/// position, layer norm and a network with GELU and <see cref="GlobalResponseNorm"/> in its hidden layer.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class ChannelMixing : Module<Tensor, Tensor>
{
    private readonly Conv2d _depthwise;
    private readonly LayerNorm _norm;
    private readonly Linear _first;
    private readonly GlobalResponseNorm _response;
    private readonly Linear _second;
    private readonly long _channels;

    /// <summary>Channel mixing at its initial weights.</summary>
    /// <param name="channels">C.</param>
    /// <param name="hidden">Channels of the hidden layer; the paper has 3 C.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public ChannelMixing(long channels, long hidden, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ChannelMixing))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        _channels = channels;
        _depthwise = Conv2d(channels, channels, 7, padding: 3, groups: channels, bias: false, device: device, dtype: dtype);
        _norm = LayerNorm(channels, device: device, dtype: dtype);
        _first = Linear(channels, hidden, true, device, dtype);
        _response = new(hidden, device, dtype);
        _second = Linear(hidden, channels, true, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(n, channels, rows, columns).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var positions = _norm.call(_depthwise.call(input).permute(0, 2, 3, 1));
        var hidden = _response.call(functional.gelu(_first.call(positions)));
        return _second.call(hidden).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
