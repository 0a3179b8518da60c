using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>Multi-head self-attention (Vaswani et al. 2017, section 3.2): softmax(Q Kᵀ · scale) V, a head on dim/heads channels each.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class MultiHeadAttention : Module<Tensor, Tensor>, ICountsMultiplyAdds
{
    private readonly Linear _queryKeyValue;
    private readonly Linear _output;
    private readonly long _dim;
    private readonly long _heads;
    private readonly bool _causal;
    private readonly double? _scale;

    /// <summary>Attention at its initial weights: uniform Xavier, biases zero.</summary>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="heads">Number of heads, a divisor of <paramref name="dim"/>.</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    /// <param name="scale">What the products are multiplied by; 1/√(dim/heads) unless given.</param>
    /// <param name="bias">Whether the projections have biases.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public MultiHeadAttention(long dim, long heads, bool causal = false, double? scale = null, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(MultiHeadAttention))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (dim % heads != 0)
            throw new ArgumentException($"dim {dim} is not divisible by heads {heads}.", nameof(heads));
        (_dim, _heads, _causal, _scale) = (dim, heads, causal, scale);
        _queryKeyValue = Linear(dim, 3 * dim, bias, device, dtype);
        _output = Linear(dim, dim, bias, device, dtype);
        TransformerInitialization.Apply(_queryKeyValue);
        TransformerInitialization.Apply(_output);
        RegisterComponents();
    }

    private MultiHeadAttention(MultiHeadAttention other, Linear queryKeyValue)
        : base(nameof(MultiHeadAttention))
    {
        (_dim, _heads, _causal, _scale) = (other._dim, other._heads, other._causal, other._scale);
        (_queryKeyValue, _output) = (queryKeyValue, other._output);
        RegisterComponents();
    }

    /// <summary>Queries, keys and values, one linear layer (dim → 3 dim).</summary>
    public Linear QueryKeyValue => _queryKeyValue;

    /// <summary>The layer after the heads (dim → dim).</summary>
    public Linear Output => _output;

    /// <summary>The same attention with another layer of queries, keys and values; the layer after the heads is shared.</summary>
    internal MultiHeadAttention With(Linear queryKeyValue) => new(this, queryKeyValue);

    /// <inheritdoc/>
    /// <param name="input">Tokens, (n, tokens, dim).</param>
    /// <returns>(n, tokens, dim).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any, _dim);
        using var scope = NewDisposeScope();
        var (n, tokens) = (input.shape[0], input.shape[1]);
        var heads = _queryKeyValue.call(input).view(n, tokens, 3, _heads, _dim / _heads).permute(2, 0, 3, 1, 4).unbind(0);
        // libtorch's fused kernel has a fixed scale of 1/√(dim/heads); another one goes into the queries.
        var queries = _scale is { } scale ? heads[0] * (scale * Math.Sqrt(_dim / (double)_heads)) : heads[0];
        var mixed = functional.scaled_dot_product_attention(queries, heads[1], heads[2], is_casual: _causal);
        return _output.call(mixed.transpose(1, 2).reshape(n, tokens, _dim)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output) => 2 * input[0] * input[1] * input[1] * _dim;
}
