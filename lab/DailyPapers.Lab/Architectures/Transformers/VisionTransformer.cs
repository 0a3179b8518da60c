using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>
/// A vision transformer (Dosovitskiy et al. 2021): patches become tokens, a class token joins them, positions are learnt, blocks
/// follow, and a linear head reads the class token, or the mean of the patches, after a last norm.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class VisionTransformer : Module<Tensor, Tensor>
{
    private readonly Conv2d _patches;
    private readonly Parameter? _classToken;
    private readonly Parameter _positions;
    private readonly ModuleList<Module<Tensor, Tensor>> _blocks;
    private readonly Module<Tensor, Tensor> _norm;
    private readonly Linear _head;
    private readonly VisionTransformerOptions _options;

    /// <summary>A transformer whose blocks and last norm are given.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="block">The block at a depth, from 0; (n, tokens, dim) to the same shape. The same one may come at several depths.</param>
    /// <param name="norm">The norm before the head; a layer norm unless given.</param>
    /// <param name="device">Where the other weights live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public VisionTransformer(VisionTransformerOptions options, Func<int, Module<Tensor, Tensor>> block, Module<Tensor, Tensor>? norm = null, Device? device = null, ScalarType? dtype = null)
        : base(nameof(VisionTransformer))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(block);
        options.Validate();
        _options = options;
        _patches = Conv2d(options.Channels, options.Dim, options.Patch, stride: options.Patch, device: device, dtype: dtype);
        if (options.ClassToken)
            _classToken = Drawn(1, 1, options.Dim);
        _positions = Drawn(1, options.Tokens, options.Dim);
        _blocks = ModuleList<Module<Tensor, Tensor>>([.. Enumerable.Range(0, options.Depth).Select(block)]);
        _norm = norm ?? LayerNorm(options.Dim, device: device, dtype: dtype);
        _head = Linear(options.Dim, options.Classes, true, device, dtype);
        TransformerInitialization.Apply(_head);
        RegisterComponents();

        Parameter Drawn(params long[] shape)
        {
            using var values = randn(shape, dtype: dtype, device: device);
            return new Parameter(values * 0.02);
        }
    }

    private VisionTransformer(VisionTransformer other, IReadOnlyList<Module<Tensor, Tensor>> blocks, Module<Tensor, Tensor> norm, Linear head)
        : base(nameof(VisionTransformer))
    {
        (_options, _patches, _classToken, _positions) = (other._options, other._patches, other._classToken, other._positions);
        (_blocks, _norm, _head) = (ModuleList<Module<Tensor, Tensor>>([.. blocks]), norm, head);
        RegisterComponents();
    }

    /// <summary>The plain transformer: layer norms, attention, GELU feed-forward parts of <c>options.Hidden</c> channels.</summary>
    public static VisionTransformer Plain(VisionTransformerOptions options, Device? device = null, ScalarType? dtype = null) =>
        WithNorm(options, dim => LayerNorm(dim, device: device, dtype: dtype), device, dtype);

    /// <summary>The plain transformer with norms of any kind.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="norm">A new norm over a number of channels.</param>
    /// <param name="device">Where the other weights live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public static VisionTransformer WithNorm(VisionTransformerOptions options, Func<long, Module<Tensor, Tensor>> norm, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(norm);
        return new(options, _ => TransformerBlock.WithNorm(norm, options.Dim, options.Heads, options.Hidden, causal: false, device, dtype), norm(options.Dim), device, dtype);
    }

    /// <summary>The blocks, first to last.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Blocks => [.. _blocks];

    /// <summary>The norm before the head.</summary>
    public Module<Tensor, Tensor> Norm => _norm;

    /// <summary>The layer from what is read to the logits.</summary>
    public Linear Head => _head;

    /// <summary>The same patches and positions, shared, with other blocks, norm and head.</summary>
    internal VisionTransformer With(IReadOnlyList<Module<Tensor, Tensor>> blocks, Module<Tensor, Tensor> norm, Linear head) => new(this, blocks, norm, head);

    /// <summary>What the head reads, (n, dim).</summary>
    /// <param name="images">(n, channels, side, side).</param>
    public Tensor Features(Tensor images)
    {
        TensorShape.Require(images, nameof(images), TensorShape.Any, _options.Channels, _options.Side, _options.Side);
        using var scope = NewDisposeScope();
        var tokens = _patches.call(images).flatten(2).transpose(1, 2);
        if (_classToken is not null)
            tokens = cat([_classToken.expand(images.shape[0], 1, _options.Dim), tokens], 1);
        tokens = _norm.call(BlockSequence.Run(_blocks, tokens + _positions));
        var read = _classToken is not null ? tokens.select(1, 0) : tokens.mean([1]);
        return read.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <param name="input">Images, (n, channels, side, side).</param>
    /// <returns>Logits, (n, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        using var features = Features(input);
        return _head.call(features);
    }
}
