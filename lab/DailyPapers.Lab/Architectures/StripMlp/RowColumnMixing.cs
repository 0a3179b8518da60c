using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// The token mixing of Sparse MLP (Tang et al. 2022), what the paper starts from: after a depth-wise convolution, batch norm and GELU,
/// rows and columns are mixed side by side, each by one matrix for all channels, and a 1 × 1 convolution without bias fuses both with the input.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class RowColumnMixing : Module<Tensor, Tensor>
{
    private readonly ActivatedDepthwise _depthwise;
    private readonly BatchNorm2d _norm;
    private readonly Linear _row;
    private readonly Linear _column;
    private readonly Conv2d _fuse;
    private readonly long _channels;
    private readonly long _side;

    /// <summary>Token mixing at its initial weights.</summary>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="side">Its rows and columns.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public RowColumnMixing(long channels, long side, Device? device = null, ScalarType? dtype = null)
        : base(nameof(RowColumnMixing))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        (_channels, _side) = (channels, side);
        _depthwise = new(channels, device, dtype);
        _norm = BatchNorm2d(channels, device: device, dtype: dtype);
        _row = Linear(side, side, true, device, dtype);
        _column = Linear(side, side, true, device, dtype);
        _fuse = Conv2d(3 * channels, channels, 1, bias: false, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(n, channels, side, side).</param>
    /// <returns>The same shape.</returns>
    // #region rows-and-columns
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, _side, _side);
        using var scope = NewDisposeScope();
        var x = functional.gelu(_norm.call(_depthwise.call(input)));
        var rows = _row.call(x);
        var columns = _column.call(x.transpose(2, 3)).transpose(2, 3);
        return _fuse.call(cat([x, rows, columns], 1)).MoveToOuterDisposeScope();
    }
    // #endregion rows-and-columns
}
