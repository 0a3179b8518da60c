using DailyPapers.Lab.Architectures.Transformers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>Mixes the channels of every token alone: x + MLP(LN(x)) with a hidden width of e C, GELU.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class ChannelMixing : Module<Tensor, Tensor>
{
    private readonly LayerNorm _norm;
    private readonly FeedForward _mlp;

    /// <summary>The layer at its initial weights: uniform Xavier, biases zero.</summary>
    /// <param name="channels">C.</param>
    /// <param name="hidden">Hidden width, usually 4 C.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public ChannelMixing(long channels, long hidden, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ChannelMixing))
    {
        _mlp = new FeedForward(channels, hidden, device, dtype);
        _norm = LayerNorm(channels, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <summary>Numbers that are trained: 2 C · hidden weights, biases, and the norm's 2 C.</summary>
    public static long Parameters(long channels, long hidden) => 2 * channels * hidden + hidden + 3 * channels;

    /// <inheritdoc/>
    /// <param name="input">(..., C).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        using var normed = _norm.call(input);
        using var mixed = _mlp.call(normed);
        return input + mixed;
    }
}
