using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Guidance;

/// <summary>Two 3 × 3 convolutions with ReLU, batch norms if wanted, with or without a residual path around them (He et al. 2016).</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class ConvolutionPair : Module<Tensor, Tensor>
{
    private readonly Sequential _first;
    private readonly Sequential _second;
    private readonly int _channels;
    private readonly int _outputs;
    private readonly int _stride;
    private readonly bool _residual;

    /// <summary>The layers at their initial weights.</summary>
    /// <param name="channels">Channels in.</param>
    /// <param name="outputs">Channels out, at least as many.</param>
    /// <param name="stride">The first convolution's stride.</param>
    /// <param name="residual">Whether the input is added before the last ReLU; where sizes differ, every second pixel and channels of zeros (option A), so that both kinds have the same parameters.</param>
    /// <param name="batchNorm">Whether a batch norm follows each convolution.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public ConvolutionPair(int channels, int outputs, int stride, bool residual, bool batchNorm = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ConvolutionPair))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, channels);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        (_channels, _outputs, _stride, _residual) = (channels, outputs, stride, residual);
        _first = Layer(channels, stride);
        _second = Layer(outputs, 1);
        RegisterComponents();

        Sequential Layer(int before, int step)
        {
            var convolution = Conv2d(before, outputs, 3, stride: step, padding: 1, device: device, dtype: dtype);
            return batchNorm ? Sequential(convolution, BatchNorm2d(outputs, device: device, dtype: dtype)) : Sequential(convolution);
        }
    }

    /// <inheritdoc/>
    /// <param name="input">(n, channels, rows, columns).</param>
    /// <returns>(n, outputs, rows / stride, columns / stride), rounded up.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var x = _second.call(functional.relu(_first.call(input)));
        if (_residual)
            x = x + Shortcut(input);
        return functional.relu(x).MoveToOuterDisposeScope();
    }

    private Tensor Shortcut(Tensor input)
    {
        var kept = _stride == 1 ? input : input[TensorIndex.Ellipsis, TensorIndex.Slice(null, null, _stride), TensorIndex.Slice(null, null, _stride)];
        return _outputs == _channels ? kept : functional.pad(kept, [0, 0, 0, 0, 0, _outputs - _channels]);
    }
}
