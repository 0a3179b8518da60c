using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>
/// A pre-norm transformer block of any parts: x + attention(norm₁(x)), then x + feedForward(norm₂(x)). Parts may be shared
/// between blocks; they are registered in each and count once.
/// </summary>
public sealed class TransformerBlock : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _firstNorm;
    private readonly Module<Tensor, Tensor> _attention;
    private readonly Module<Tensor, Tensor> _secondNorm;
    private readonly Module<Tensor, Tensor> _feedForward;

    /// <summary>A block of the given parts, each from (n, tokens, dim) to the same shape.</summary>
    public TransformerBlock(Module<Tensor, Tensor> firstNorm, Module<Tensor, Tensor> attention, Module<Tensor, Tensor> secondNorm, Module<Tensor, Tensor> feedForward)
        : base(nameof(TransformerBlock))
    {
        (_firstNorm, _attention, _secondNorm, _feedForward) = (firstNorm, attention, secondNorm, feedForward);
        RegisterComponents();
    }

    /// <summary>A block with layer norms, attention and a GELU feed-forward part.</summary>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="heads">Heads of the attention.</param>
    /// <param name="hidden">Hidden channels of the feed-forward part.</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public static TransformerBlock Plain(long dim, long heads, long hidden, bool causal = false, Device? device = null, ScalarType? dtype = null) =>
        WithNorm(channels => LayerNorm(channels, device: device, dtype: dtype), dim, heads, hidden, causal, device, dtype);

    /// <summary>A block with norms of any kind, attention and a GELU feed-forward part.</summary>
    /// <param name="norm">A new norm over a number of channels.</param>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="heads">Heads of the attention.</param>
    /// <param name="hidden">Hidden channels of the feed-forward part.</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    /// <param name="device">Where the other weights live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public static TransformerBlock WithNorm(
        Func<long, Module<Tensor, Tensor>> norm, long dim, long heads, long hidden, bool causal = false, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(norm);
        return new(
            norm(dim), new MultiHeadAttention(dim, heads, causal, device: device, dtype: dtype),
            norm(dim), new FeedForward(dim, hidden, device, dtype));
    }

    /// <summary>The norm before the attention.</summary>
    public Module<Tensor, Tensor> FirstNorm => _firstNorm;

    /// <summary>The attention.</summary>
    public Module<Tensor, Tensor> Attention => _attention;

    /// <summary>The norm before the feed-forward part.</summary>
    public Module<Tensor, Tensor> SecondNorm => _secondNorm;

    /// <summary>The feed-forward part.</summary>
    public Module<Tensor, Tensor> FeedForward => _feedForward;

    /// <inheritdoc/>
    /// <param name="input">(n, tokens, dim).</param>
    /// <returns>(n, tokens, dim).</returns>
    public override Tensor forward(Tensor input)
    {
        using var attended = Residual(input, _firstNorm, _attention);
        return Residual(attended, _secondNorm, _feedForward);
    }

    // A scope for each half: what the first one needed is free before the second one asks for its memory.
    internal static Tensor Residual(Tensor tokens, Module<Tensor, Tensor> norm, Module<Tensor, Tensor> part)
    {
        using var scope = NewDisposeScope();
        return (tokens + part.call(norm.call(tokens))).MoveToOuterDisposeScope();
    }
}
