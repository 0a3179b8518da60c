using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// The Cascade Group Strip Mixing Module, CGSMM (Cao et al. 2023, section 3.3): rows are mixed in channel groups, the result is fused
/// with the input, and columns of that are mixed. After both steps every position has seen every other.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class CascadeGroupStripMixing : Module<Tensor, Tensor>
{
    private readonly RelativePositionBias2d _rowPositions;
    private readonly RelativePositionBias2d _columnPositions;
    private readonly StripMixing _rows;
    private readonly StripMixing _columns;
    private readonly Conv2d? _fuseRows;
    private readonly BatchNorm2d? _norm;
    private readonly Conv2d _fuse;
    private readonly long _channels;
    private readonly long _side;

    /// <summary>A module at its initial weights.</summary>
    /// <param name="channels">C', a multiple of <paramref name="patches"/>.</param>
    /// <param name="side">Rows and columns of the feature map.</param>
    /// <param name="patches">Channel patches that share weights.</param>
    /// <param name="neighbors">Strips to either side that are read.</param>
    /// <param name="cascade">Whether columns are mixed after rows; else both read the input, and one convolution fuses them.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public CascadeGroupStripMixing(
        long channels, long side, long patches, int neighbors = 1, bool cascade = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(CascadeGroupStripMixing))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(patches, 1);
        if (channels % patches != 0)
            throw new ArgumentException($"channels {channels} is not divisible by patches {patches}.", nameof(patches));
        (_channels, _side) = (channels, side);
        _rowPositions = new(channels, side, device, dtype);
        _columnPositions = new(channels, side, device, dtype);
        _rows = new(channels / patches, patches, side, StripAxis.Row, neighbors, device, dtype);
        _columns = new(channels / patches, patches, side, StripAxis.Column, neighbors, device, dtype);
        if (cascade)
        {
            _fuseRows = Conv2d(2 * channels, channels, 1, bias: false, device: device, dtype: dtype);
            _norm = BatchNorm2d(channels, device: device, dtype: dtype);
        }
        _fuse = Conv2d((cascade ? 2 : 3) * channels, channels, 1, bias: false, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(n, channels, side, side).</param>
    /// <returns>The same shape.</returns>
    // #region cascade
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, _side, _side);
        using var scope = NewDisposeScope();
        var rows = _rows.call(_rowPositions.call(input));
        if (_fuseRows is null || _norm is null)
            return _fuse.call(cat([input, rows, _columns.call(_columnPositions.call(input))], 1)).MoveToOuterDisposeScope();
        var between = functional.gelu(_norm.call(_fuseRows.call(cat([rows, input], 1))));
        var columns = _columns.call(_columnPositions.call(between));
        return _fuse.call(cat([input, columns], 1)).MoveToOuterDisposeScope();
    }
    // #endregion cascade
}
