using DailyPapers.Lab.Architectures.Transformers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>Mixes all tokens of a channel, by an MLP that all channels share: x + MLP(LN(x)ᵀ)ᵀ (Tolstikhin et al. 2021, equation 1).</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class MixerTokenMixing : Module<Tensor, Tensor>
{
    private readonly LayerNorm _norm;
    private readonly FeedForward _mlp;
    private readonly long _side;
    private readonly long _channels;

    /// <summary>The layer at its initial weights: uniform Xavier, biases zero.</summary>
    /// <param name="side">Rows and columns of the grid of tokens.</param>
    /// <param name="channels">C.</param>
    /// <param name="hidden">D_S.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public MixerTokenMixing(long side, long channels, long hidden, Device? device = null, ScalarType? dtype = null)
        : base(nameof(MixerTokenMixing))
    {
        (_side, _channels) = (side, channels);
        _norm = LayerNorm(channels, device: device, dtype: dtype);
        _mlp = new FeedForward(side * side, hidden, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">Tokens, (n, side, side, C).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _side, _side, _channels);
        using var scope = NewDisposeScope();
        var mixed = _mlp.call(_norm.call(input).flatten(1, 2).transpose(1, 2)).transpose(1, 2);
        return (input + mixed.reshape(input.shape)).MoveToOuterDisposeScope();
    }
}
