using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>
/// A causal language model with a certified Lipschitz bound (arXiv:2507.13338, section 4): no layer norm, no biases, residual parts
/// (1 − α)x + α·block(x) with α = 1/(2 · depth), attention with logits scaled by 1/d and its output by 1/3, GELU divided by its largest slope,
/// rotary positions.
/// </summary>
/// <remarks>Weights start orthogonal at norm √(out/in), embeddings at a root mean square of 1; they come from TorchSharp's global generator.</remarks>
public sealed class LipschitzTransformer : Module<Tensor, Tensor>
{
    /// <summary>The largest slope of GELU, Φ(√2) + √2 φ(√2).</summary>
    public const double GeluSlope = 1.128904146;

    /// <summary>What attention's output is multiplied by.</summary>
    public const double AttentionScale = 1 / 3.0;

    private readonly LipschitzTransformerOptions _options;
    private readonly Parameter _embedding;
    private readonly ModuleList<Module<Tensor, Tensor>> _query;
    private readonly ModuleList<Module<Tensor, Tensor>> _key;
    private readonly ModuleList<Module<Tensor, Tensor>> _value;
    private readonly ModuleList<Module<Tensor, Tensor>> _output;
    private readonly ModuleList<Module<Tensor, Tensor>> _expand;
    private readonly ModuleList<Module<Tensor, Tensor>> _contract;
    private readonly Linear _head;

    /// <summary>A model at its initial weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public LipschitzTransformer(LipschitzTransformerOptions options, Device? device = null, ScalarType? dtype = null)
        : base(nameof(LipschitzTransformer))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        var (dim, hidden) = (options.Dim, options.MlpRatio * options.Dim);
        using (NewDisposeScope())
        {
            var rows = randn(options.Vocabulary, dim, dtype: dtype, device: device);
            _embedding = new Parameter((rows / rows.square().mean([1L], keepdim: true).sqrt()).MoveToOuterDisposeScope());
        }
        _query = Layers(dim, dim);
        _key = Layers(dim, dim);
        _value = Layers(dim, dim);
        _output = Layers(dim, dim);
        _expand = Layers(dim, hidden);
        _contract = Layers(hidden, dim);
        _head = Layer(dim, options.Vocabulary);
        RegisterComponents();

        ModuleList<Module<Tensor, Tensor>> Layers(long inputs, long outputs) =>
            ModuleList<Module<Tensor, Tensor>>([.. Enumerable.Range(0, options.Depth).Select(_ => Layer(inputs, outputs))]);

        Linear Layer(long inputs, long outputs)
        {
            var layer = Linear(inputs, outputs, false, device, dtype);
            if (layer.weight!.device_type == DeviceType.META)
                return layer;
            using var frozen = no_grad();
            init.orthogonal_(layer.weight, Math.Sqrt(outputs / (double)inputs));
            return layer;
        }
    }

    /// <summary>The embedding, (vocabulary, dim).</summary>
    public Parameter Embedding => _embedding;

    /// <summary>All weight matrices, (out, in) each.</summary>
    public IReadOnlyList<Parameter> Matrices =>
        [.. _query.Concat(_key).Concat(_value).Concat(_output).Concat(_expand).Concat(_contract).Append(_head).Select(Weight)];

    /// <inheritdoc/>
    /// <param name="input">Tokens, (n, length), 64-bit integers.</param>
    /// <returns>Logits of the next token, (n, length, vocabulary).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        var embedded = _embedding.index_select(0, input.flatten()).view(input.shape[0], input.shape[1], _options.Dim);
        return OfEmbedded(embedded).MoveToOuterDisposeScope();
    }

    // #region forward
    /// <summary>Logits from embedded tokens: the map whose Lipschitz constant is bounded.</summary>
    /// <param name="embedded">(n, length, dim).</param>
    public Tensor OfEmbedded(Tensor embedded)
    {
        TensorShape.Require(embedded, nameof(embedded), TensorShape.Any, TensorShape.Any, _options.Dim);
        using var scope = NewDisposeScope();
        var share = 1 / (2.0 * _options.Depth);
        var (cosine, sine) = Rotation(embedded);
        var x = embedded.alias();
        for (var depth = 0; depth < _options.Depth; depth++)
        {
            x = x * (1 - share) + Attend(depth, x, cosine, sine) * share;
            x = x * (1 - share) + _contract[depth].call(functional.gelu(_expand[depth].call(x)) / GeluSlope) * share;
        }
        return _head.call(x).MoveToOuterDisposeScope();
    }

    private Tensor Attend(int depth, Tensor x, Tensor cosine, Tensor sine)
    {
        var (n, length, heads, channels) = (x.shape[0], x.shape[1], _options.Heads, _options.HeadDim);
        Tensor Split(Module<Tensor, Tensor> layer) => layer.call(x).view(n, length, heads, channels).transpose(1, 2);
        var (q, k) = (Rotate(Split(_query[depth])), Rotate(Split(_key[depth])));
        var scores = q.matmul(k.transpose(2, 3)) / channels;
        var later = ones(length, length, dtype: ScalarType.Bool, device: x.device).triu(1);
        var mixed = scores.masked_fill(later, double.NegativeInfinity).softmax(3).matmul(Split(_value[depth]));
        return _output[depth].call(mixed.transpose(1, 2).reshape(n, length, heads * channels)) * AttentionScale;

        Tensor Rotate(Tensor values)
        {
            var halves = values.chunk(2, 3);
            return cat([halves[0] * cosine - halves[1] * sine, halves[0] * sine + halves[1] * cosine], 3);
        }
    }
    // #endregion forward

    // #region bound
    /// <summary>
    /// A bound on ‖f(x) − f(y)‖ / ‖x − y‖ for embedded tokens x, y of root mean square at most <paramref name="radius"/>, where ‖·‖ is the largest
    /// root mean square of a token: of its channels before, of its logits after.
    /// </summary>
    /// <param name="radius">R, positive; an embedding's rows have <see cref="LargestEmbedding"/> at most.</param>
    public double Bound(double radius)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(radius);
        var share = 1 / (2.0 * _options.Depth);
        var (size, constant) = (radius, 1.0);
        for (var depth = 0; depth < _options.Depth; depth++)
        {
            var output = SpectralNorm.RootMeanSquare(Weight(_output[depth]));
            var (sumConstants, sumSizes) = (0.0, 0.0);
            for (var head = 0; head < _options.Heads; head++)
            {
                var (q, k, v) = (HeadNorm(_query, depth, head), HeadNorm(_key, depth, head), HeadNorm(_value, depth, head));
                // Softmax turns logits that differ by δ at most into weights that differ by δ in sum at most; a logit is q·k/d.
                var one = v + v * size * 2 * q * size * k;
                sumConstants += one * one;
                sumSizes += v * size * v * size;
            }
            var attention = AttentionScale * output * Math.Sqrt(sumConstants / _options.Heads);
            constant *= 1 - share + share * attention;
            size = (1 - share) * size + share * AttentionScale * output * Math.Sqrt(sumSizes / _options.Heads);

            var forward = SpectralNorm.RootMeanSquare(Weight(_expand[depth])) * SpectralNorm.RootMeanSquare(Weight(_contract[depth]));
            constant *= 1 - share + share * forward;
            // |GELU(z)| is below |z|.
            size = (1 - share) * size + share * forward / GeluSlope * size;
        }
        return constant * SpectralNorm.RootMeanSquare(Weight(_head));
    }
    // #endregion bound

    /// <summary>The largest root mean square of the embedding's rows.</summary>
    public double LargestEmbedding()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return _embedding.square().mean([1L]).sqrt().max().to(float64).item<double>();
    }

    private static Parameter Weight(Module<Tensor, Tensor> layer) => ((Linear)layer).weight!;

    private double HeadNorm(ModuleList<Module<Tensor, Tensor>> layers, int depth, int head)
    {
        using var frozen = no_grad();
        using var rows = Weight(layers[depth]).narrow(0, head * _options.HeadDim, _options.HeadDim);
        return SpectralNorm.RootMeanSquare(rows);
    }

    private (Tensor Cosine, Tensor Sine) Rotation(Tensor like)
    {
        var half = _options.HeadDim / 2;
        var frequencies = pow(10_000.0, arange(half, dtype: float64, device: like.device) / -half);
        var angles = arange(like.shape[1], dtype: float64, device: like.device).outer(frequencies);
        return (angles.cos().to(like.dtype), angles.sin().to(like.dtype));
    }
}
