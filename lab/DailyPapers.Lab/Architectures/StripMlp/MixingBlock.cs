using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>A block of two residual branches: x + dropPath(tokenMixing(x)), then x + dropPath(channelMixing(x)).</summary>
public sealed class MixingBlock : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _tokenMixing;
    private readonly Module<Tensor, Tensor> _channelMixing;
    private readonly DropPath _dropPath;

    /// <summary>A block of the given parts, each from (n, channels, side, side) to the same shape.</summary>
    /// <param name="tokenMixing">Mixes positions.</param>
    /// <param name="channelMixing">Mixes channels.</param>
    /// <param name="dropPath">With which probability a branch is dropped for an example while training.</param>
    public MixingBlock(Module<Tensor, Tensor> tokenMixing, Module<Tensor, Tensor> channelMixing, double dropPath = 0.1)
        : base(nameof(MixingBlock))
    {
        (_tokenMixing, _channelMixing, _dropPath) = (tokenMixing, channelMixing, new DropPath(dropPath));
        RegisterComponents();
    }

    /// <summary>The paper's block.</summary>
    /// <param name="channels">C.</param>
    /// <param name="side">Rows and columns of the feature map.</param>
    /// <param name="hidden">Channels of the channel mixing's hidden layer, usually 3 C.</param>
    /// <param name="options">Which pieces the token mixing has; the paper's unless given.</param>
    /// <param name="dropPath">With which probability a branch is dropped for an example while training.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public static MixingBlock StripMlp(
        long channels, long side, long hidden, StripMixingOptions? options = null, double dropPath = 0.1, Device? device = null, ScalarType? dtype = null) =>
        new(new StripTokenMixing(channels, side, options, device, dtype), new ChannelMixing(channels, hidden, device, dtype), dropPath);

    /// <summary>A block with the row and column mixing of Sparse MLP and, for comparison, the same channel mixing.</summary>
    /// <inheritdoc cref="StripMlp" path="/param"/>
    public static MixingBlock SparseMlp(
        long channels, long side, long hidden, double dropPath = 0.1, Device? device = null, ScalarType? dtype = null) =>
        new(new RowColumnMixing(channels, side, device, dtype), new ChannelMixing(channels, hidden, device, dtype), dropPath);

    /// <inheritdoc/>
    /// <param name="input">(n, channels, side, side).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var mixed = input + _dropPath.call(_tokenMixing.call(input));
        return (mixed + _dropPath.call(_channelMixing.call(mixed))).MoveToOuterDisposeScope();
    }
}
