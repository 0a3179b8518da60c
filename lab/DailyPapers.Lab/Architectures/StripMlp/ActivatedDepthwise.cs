using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>What token mixing begins with: batch norm, GELU, a depth-wise 3 × 3 convolution without bias.</summary>
public sealed class ActivatedDepthwise : Module<Tensor, Tensor>
{
    private readonly BatchNorm2d _norm;
    private readonly Conv2d _convolution;
    private readonly long _channels;

    /// <summary>The layers at their initial weights.</summary>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public ActivatedDepthwise(long channels, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ActivatedDepthwise))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        _channels = channels;
        _norm = BatchNorm2d(channels, device: device, dtype: dtype);
        _convolution = Conv2d(channels, channels, 3, padding: 1, groups: channels, bias: false, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(n, channels, rows, columns).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        return _convolution.call(functional.gelu(_norm.call(input))).MoveToOuterDisposeScope();
    }
}
