using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Guidance;

/// <summary>The CIFAR ResNet of He et al. (2016, section 4.2), with or without batch norms: a convolution, three stages of pairs of convolutions, mean over pixels, a linear layer; or the same as a plain network without residual paths.</summary>
/// <remarks>TorchSharp's initial weights, not He's; they come from its global generator, so seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class DeepConvNet : Module<Tensor, Tensor>
{
    private readonly Sequential _stem;
    private readonly ModuleList<Module<Tensor, Tensor>> _pairs;
    private readonly Linear _output;
    private readonly int _channels;

    /// <summary>A network at its initial weights.</summary>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="width">Channels of the first stage; each stage has twice those before it, at half the side.</param>
    /// <param name="pairs">Pairs of convolutions in a stage: 6 · pairs + 2 layers in all.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="residual">Whether residual paths go around the pairs.</param>
    /// <param name="batchNorm">Whether a batch norm follows each convolution.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public DeepConvNet(int channels, int width, int pairs, int classes, bool residual, bool batchNorm = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(DeepConvNet))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        _channels = channels;
        var convolution = Conv2d(channels, width, 3, padding: 1, device: device, dtype: dtype);
        _stem = batchNorm ? Sequential(convolution, BatchNorm2d(width, device: device, dtype: dtype), ReLU()) : Sequential(convolution, ReLU());
        _pairs = ModuleList<Module<Tensor, Tensor>>([.. Enumerable.Range(0, 3 * pairs).Select(place =>
        {
            var (stage, first) = (place / pairs, place % pairs == 0 && place > 0);
            return new ConvolutionPair(first ? width << (stage - 1) : width << stage, width << stage, first ? 2 : 1, residual, batchNorm, device, dtype);
        })]);
        _output = Linear(4 * width, classes, true, device, dtype);
        RegisterComponents();
    }

    /// <summary>The first convolution and the pairs, first to last.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Layers => [_stem, .. _pairs];

    /// <inheritdoc/>
    /// <param name="input">Images, (n, channels, rows, columns).</param>
    /// <returns>Logits, (n, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var x = _stem.call(input);
        foreach (var pair in _pairs)
            x = pair.call(x);
        return _output.call(x.mean([2, 3])).MoveToOuterDisposeScope();
    }
}
