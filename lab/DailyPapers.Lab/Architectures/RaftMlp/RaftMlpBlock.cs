using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>
/// Vertical mixing, horizontal mixing, channel mixing (arXiv:2108.04384, section 3). A grid of another size than the block was made
/// for is resized to it before the two token mixings and back after them, bicubically, as in the authors' code.
/// </summary>
public sealed class RaftMlpBlock : Module<Tensor, Tensor>
{
    private readonly RaftTokenMixing _vertical;
    private readonly RaftTokenMixing _horizontal;
    private readonly ChannelMixing _channel;
    private readonly long _side;
    private readonly bool _resizes;

    /// <summary>A block at its initial weights.</summary>
    /// <param name="side">Rows and columns of the grid of tokens.</param>
    /// <param name="channels">C.</param>
    /// <param name="raft">r.</param>
    /// <param name="tokenExpansion">Hidden width of the token mixings as a multiple of r · side.</param>
    /// <param name="channelExpansion">Hidden width of the channel mixing as a multiple of C.</param>
    /// <param name="resizes">Whether other grids are resized; else they are refused.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public RaftMlpBlock(
        long side, long channels, long raft = 2, long tokenExpansion = 2, long channelExpansion = 4, bool resizes = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(RaftMlpBlock))
    {
        (_side, _resizes) = (side, resizes);
        _vertical = new RaftTokenMixing(MixingAxis.Vertical, side, channels, raft, tokenExpansion, device, dtype);
        _horizontal = new RaftTokenMixing(MixingAxis.Horizontal, side, channels, raft, tokenExpansion, device, dtype);
        _channel = new ChannelMixing(channels, channelExpansion * channels, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">Tokens, (n, rows, columns, C).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var (rows, columns) = (input.shape[1], input.shape[2]);
        var other = _resizes && (rows != _side || columns != _side);
        var tokens = other ? BicubicResize.Tokens(input, _side, _side) : input;
        tokens = _horizontal.call(_vertical.call(tokens));
        if (other)
            tokens = BicubicResize.Tokens(tokens, rows, columns);
        return _channel.call(tokens).MoveToOuterDisposeScope();
    }
}
