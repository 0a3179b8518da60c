using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// The Strip MLP layer (Cao et al. 2023, section 3.2): each row, or column, is mapped linearly as a whole, and reads its neighbouring
/// strips too. Channels are <c>patches × groupChannels</c>, the patch outermost; each of the group's channels has weights of its own,
/// and patches share them.
/// </summary>
/// <remarks>
/// For rows, out[n,p,g,h,w'] = b[g,w'] + Σ_d Σ_w A[g,w',w,d] · in[n,p,g,h+d,w] with d from −neighbors to neighbors and zeros outside.
/// Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).
/// </remarks>
public sealed class StripMixing : Module<Tensor, Tensor>
{
    private readonly Conv2d _map;
    private readonly long _groupChannels;
    private readonly long _patches;
    private readonly long _side;
    private readonly StripAxis _axis;

    /// <summary>A layer at its initial weights.</summary>
    /// <param name="groupChannels">G, channels with weights of their own.</param>
    /// <param name="patches">P, channel patches that share the weights.</param>
    /// <param name="side">Rows and columns of the feature map; the weights depend on it.</param>
    /// <param name="axis">Rows or columns.</param>
    /// <param name="neighbors">How many strips to either side are read; the paper's kernel of 3 is 1.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public StripMixing(long groupChannels, long patches, long side, StripAxis axis, int neighbors = 1, Device? device = null, ScalarType? dtype = null)
        : base(nameof(StripMixing))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groupChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(patches, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(neighbors);
        (_groupChannels, _patches, _side, _axis) = (groupChannels, patches, side, axis);
        _map = Conv2d(
            groupChannels * side, groupChannels * side, (1, 2 * neighbors + 1), padding: (0, neighbors), groups: groupChannels, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <summary>
    /// The grouped convolution that does it: weight (G·side, side, 1, 2·neighbors + 1), of which row g·side + w' makes position w' of
    /// channel g; bias (G·side).
    /// </summary>
    public Conv2d Map => _map;

    /// <inheritdoc/>
    /// <param name="input">(n, patches · groupChannels, side, side).</param>
    /// <returns>The same shape.</returns>
    // #region strip
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _patches * _groupChannels, _side, _side);
        using var scope = NewDisposeScope();
        var n = input.shape[0];
        var parts = input.reshape(n, _patches, _groupChannels, _side, _side);
        // Positions along the strip join the channels; patches and the strips' numbers become the two axes of the image.
        var strips = _axis == StripAxis.Row ? parts.permute(0, 2, 4, 1, 3) : parts.permute(0, 2, 3, 1, 4);
        var mixed = _map.call(strips.reshape(n, _groupChannels * _side, _patches, _side)).view(n, _groupChannels, _side, _patches, _side);
        var back = _axis == StripAxis.Row ? mixed.permute(0, 3, 1, 4, 2) : mixed.permute(0, 3, 1, 2, 4);
        return back.reshape(input.shape).MoveToOuterDisposeScope();
    }
    // #endregion strip
}
