using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>A decoder-only language model: embedded tokens and learnt positions, blocks, a last norm and a linear head of its own.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class CausalLanguageModel : Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding _embedding;
    private readonly Parameter _positions;
    private readonly ModuleList<Module<Tensor, Tensor>> _blocks;
    private readonly Module<Tensor, Tensor> _norm;
    private readonly Linear _head;
    private readonly CausalLanguageModelOptions _options;

    /// <summary>A model whose blocks and last norm are given.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="block">The block at a depth, from 0; (n, tokens, dim) to the same shape, causal. The same one may come at several depths.</param>
    /// <param name="norm">The norm before the head; a layer norm unless given.</param>
    /// <param name="device">Where the other weights live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public CausalLanguageModel(
        CausalLanguageModelOptions options, Func<int, Module<Tensor, Tensor>> block, Module<Tensor, Tensor>? norm = null, Device? device = null, ScalarType? dtype = null)
        : base(nameof(CausalLanguageModel))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(block);
        options.Validate();
        _options = options;
        _embedding = nn.Embedding(options.Vocabulary, options.Dim, device: device, dtype: dtype);
        init.normal_(_embedding.weight!, 0, 0.02);
        using (var values = randn([options.Context, options.Dim], dtype: dtype, device: device))
            _positions = new Parameter(values * 0.02);
        _blocks = ModuleList<Module<Tensor, Tensor>>([.. Enumerable.Range(0, options.Depth).Select(block)]);
        _norm = norm ?? LayerNorm(options.Dim, device: device, dtype: dtype);
        _head = Linear(options.Dim, options.Vocabulary, true, device, dtype);
        TransformerInitialization.Apply(_head);
        RegisterComponents();
    }

    private CausalLanguageModel(CausalLanguageModel other, IReadOnlyList<Module<Tensor, Tensor>> blocks, Module<Tensor, Tensor> norm, Linear head)
        : base(nameof(CausalLanguageModel))
    {
        (_options, _embedding, _positions) = (other._options, other._embedding, other._positions);
        (_blocks, _norm, _head) = (ModuleList<Module<Tensor, Tensor>>([.. blocks]), norm, head);
        RegisterComponents();
    }

    /// <summary>The plain transformer: layer norms, causal attention, GELU feed-forward parts of <c>options.Hidden</c> channels.</summary>
    public static CausalLanguageModel Plain(CausalLanguageModelOptions options, Device? device = null, ScalarType? dtype = null) =>
        WithNorm(options, dim => LayerNorm(dim, device: device, dtype: dtype), device, dtype);

    /// <summary>The plain transformer with norms of any kind.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="norm">A new norm over a number of channels.</param>
    /// <param name="device">Where the other weights live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public static CausalLanguageModel WithNorm(CausalLanguageModelOptions options, Func<long, Module<Tensor, Tensor>> norm, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(norm);
        return new(options, _ => TransformerBlock.WithNorm(norm, options.Dim, options.Heads, options.Hidden, causal: true, device, dtype), norm(options.Dim), device, dtype);
    }

    /// <summary>The blocks, first to last.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Blocks => [.. _blocks];

    /// <summary>The norm before the head.</summary>
    public Module<Tensor, Tensor> Norm => _norm;

    /// <summary>The layer from a token's channels to the next token's logits.</summary>
    public Linear Head => _head;

    /// <inheritdoc/>
    /// <param name="input">Tokens, (n, tokens), 64-bit integers below the vocabulary's size; tokens at most the context.</param>
    /// <returns>Logits of the token after each, (n, tokens, vocabulary).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any);
        if (input.shape[1] > _options.Context)
            throw new ArgumentException($"{nameof(input)}: expected at most {_options.Context} tokens, got {input.shape[1]}", nameof(input));
        using var scope = NewDisposeScope();
        var tokens = _embedding.call(input) + _positions.narrow(0, 0, input.shape[1]);
        return _head.call(_norm.call(BlockSequence.Run(_blocks, tokens))).MoveToOuterDisposeScope();
    }

    /// <summary>The same embedding and positions, shared, with other blocks, norm and head.</summary>
    internal CausalLanguageModel With(IReadOnlyList<Module<Tensor, Tensor>> blocks, Module<Tensor, Tensor> norm, Linear head) => new(this, blocks, norm, head);
}
