using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// The token mixing of a Strip-MLP block (Cao et al. 2023, figure 2b): a depth-wise convolution and a 1 × 1 convolution, then half of
/// the channels through CGSMM and half through LSMM, then a 1 × 1 convolution that joins them.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class StripTokenMixing : Module<Tensor, Tensor>
{
    private readonly ActivatedDepthwise _depthwise;
    private readonly Conv2d _in;
    private readonly BatchNorm2d _norm;
    private readonly CascadeGroupStripMixing _cascade;
    private readonly LocalStripMixing? _local;
    private readonly Conv2d _out;
    private readonly long _channels;
    private readonly long _side;

    /// <summary>Token mixing at its initial weights.</summary>
    /// <param name="channels">C, even, and with half of it (all of it without <see cref="StripMixingOptions.Local"/>) a multiple of the patches.</param>
    /// <param name="side">Rows and columns of the feature map.</param>
    /// <param name="options">Which pieces it has; the paper's unless given.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public StripTokenMixing(long channels, long side, StripMixingOptions? options = null, Device? device = null, ScalarType? dtype = null)
        : base(nameof(StripTokenMixing))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 2);
        if (channels % 2 != 0)
            throw new ArgumentException($"channels {channels} is odd, so it has no halves.", nameof(channels));
        options ??= new();
        (_channels, _side) = (channels, side);
        var mixed = options.Local ? channels / 2 : channels;
        _depthwise = new(channels, device, dtype);
        _in = Conv2d(channels, channels, 1, device: device, dtype: dtype);
        _norm = BatchNorm2d(channels, device: device, dtype: dtype);
        _cascade = new(mixed, side, options.Patches ?? StripMixingOptions.DefaultPatches(channels), options.Neighbors, options.Cascade, device, dtype);
        if (options.Local)
            _local = new(channels / 2, device, dtype);
        _out = Conv2d(channels, channels, 1, bias: false, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(n, channels, side, side).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, _side, _side);
        using var scope = NewDisposeScope();
        var x = functional.gelu(_norm.call(_in.call(_depthwise.call(input))));
        if (_local is null)
            return _out.call(_cascade.call(x)).MoveToOuterDisposeScope();
        var halves = x.chunk(2, 1);
        return _out.call(cat([_cascade.call(halves[0]), _local.call(halves[1])], 1)).MoveToOuterDisposeScope();
    }
}
