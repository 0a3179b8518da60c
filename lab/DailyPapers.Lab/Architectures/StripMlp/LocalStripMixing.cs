using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// The Local Strip Mixing Module, LSMM (Cao et al. 2023, section 3.4): depth-wise convolutions of 7 × 3 and of 3 × 7, weighed against
/// each other and the input, channel by channel, by a softmax that a small network computes from the pooled map.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class LocalStripMixing : Module<Tensor, Tensor>
{
    private readonly Conv2d _wide;
    private readonly Conv2d _tall;
    private readonly Linear _squeeze;
    private readonly Linear _weigh;
    private readonly long _channels;

    /// <summary>A module at its initial weights.</summary>
    /// <param name="channels">C', at least 2.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public LocalStripMixing(long channels, Device? device = null, ScalarType? dtype = null)
        : base(nameof(LocalStripMixing))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 2);
        _channels = channels;
        _wide = Conv2d(channels, channels, (3, 7), padding: (1, 3), groups: channels, bias: false, device: device, dtype: dtype);
        _tall = Conv2d(channels, channels, (7, 3), padding: (3, 1), groups: channels, bias: false, device: device, dtype: dtype);
        _squeeze = Linear(channels, channels / 2, true, device, dtype);
        _weigh = Linear(channels / 2, 3 * channels, true, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(n, channels, rows, columns).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var (wide, tall) = (_wide.call(input), _tall.call(input));
        var pooled = (wide + tall + input).mean([2, 3]);
        var shares = _weigh.call(functional.gelu(_squeeze.call(pooled))).view(-1, _channels, 3, 1, 1).softmax(2).unbind(2);
        return (tall * shares[0] + wide * shares[1] + input * shares[2]).MoveToOuterDisposeScope();
    }
}
