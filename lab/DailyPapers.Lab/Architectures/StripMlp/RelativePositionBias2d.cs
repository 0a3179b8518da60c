using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// Adds a learnt vector to each position that depends on its column less its row, cut to ± the largest distance. One table row
/// holds the channels' values of a distance.
/// </summary>
/// <remarks>The initial values are normal with deviation 0.02, from TorchSharp's global generator.</remarks>
public sealed class RelativePositionBias2d : Module<Tensor, Tensor>
{
    private readonly Parameter _table;
    private readonly long _channels;
    private readonly long _maxDistance;

    /// <summary>A table at its initial values.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="maxDistance">The largest distance that is told apart.</param>
    /// <param name="device">Where the table lives; the CPU unless given.</param>
    /// <param name="dtype">The table's type; 32-bit floats unless given.</param>
    public RelativePositionBias2d(long channels, long maxDistance, Device? device = null, ScalarType? dtype = null)
        : base(nameof(RelativePositionBias2d))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDistance, 1);
        (_channels, _maxDistance) = (channels, maxDistance);
        using var values = randn([2 * maxDistance + 1, channels], dtype: dtype, device: device);
        _table = new Parameter(values * 0.02);
        RegisterComponents();
    }

    /// <summary>The values of each distance from −maxDistance to maxDistance, (2 maxDistance + 1, channels).</summary>
    public Parameter Table => _table;

    /// <inheritdoc/>
    /// <param name="input">(n, channels, rows, columns).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var (rows, columns) = (input.shape[2], input.shape[3]);
        var distance = arange(columns, device: _table.device).unsqueeze(0) - arange(rows, device: _table.device).unsqueeze(1);
        var places = distance.clamp(-_maxDistance, _maxDistance) + _maxDistance;
        var bias = _table.index_select(0, places.flatten()).view(rows, columns, _channels).permute(2, 0, 1);
        return (input + bias).MoveToOuterDisposeScope();
    }
}
