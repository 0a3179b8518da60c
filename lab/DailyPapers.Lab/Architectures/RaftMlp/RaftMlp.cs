using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>
/// RaftMLP (Tatsunami and Taki 2021, arXiv:2108.04384): levels of a multi-scale patch embedding and raft blocks, a last norm, the mean
/// over tokens, a linear head.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class RaftMlp : Module<Tensor, Tensor>
{
    private readonly ModuleList<MultiScalePatchEmbedding> _embeddings = [];
    private readonly ModuleList<ModuleList<RaftMlpBlock>> _levels = [];
    private readonly LayerNorm _norm;
    private readonly Linear _head;

    /// <summary>The network at its initial weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public RaftMlp(RaftMlpOptions options, Device? device = null, ScalarType? dtype = null)
        : base(nameof(RaftMlp))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        var (channels, side) = (options.Channels, options.Side);
        foreach (var level in options.Levels)
        {
            side = (side + level.Stride - 1) / level.Stride;
            _embeddings.Add(new MultiScalePatchEmbedding(channels, level.Dim, level.Kernels, device, dtype));
            _levels.Add(ModuleList([.. Enumerable.Range(0, level.Depth).Select(_ => new RaftMlpBlock(
                side, level.Dim, level.Raft, options.TokenExpansion, options.ChannelExpansion, options.Resizes, device, dtype))]));
            channels = level.Dim;
        }
        _norm = LayerNorm(channels, device: device, dtype: dtype);
        _head = Linear(channels, options.Classes, true, device, dtype);
        RegisterComponents();
    }

    /// <summary>The sizes.</summary>
    public RaftMlpOptions Options { get; }

    /// <inheritdoc/>
    /// <param name="input">Images, (n, channels, height, width); any height and width if the options say that it resizes.</param>
    /// <returns>Logits, (n, classes).</returns>
    /// <exception cref="ArgumentException">The images are of another size than it was made for, and it doesn't resize.</exception>
    public override Tensor forward(Tensor input)
    {
        if (Options.Resizes)
            TensorShape.Require(input, nameof(input), TensorShape.Any, Options.Channels, TensorShape.Any, TensorShape.Any);
        else
            TensorShape.Require(input, nameof(input), TensorShape.Any, Options.Channels, Options.Side, Options.Side);
        using var scope = NewDisposeScope();
        var tokens = input;
        for (var level = 0; level < _levels.Count; level++)
        {
            tokens = _embeddings[level].call(level == 0 ? tokens : tokens.permute(0, 3, 1, 2));
            foreach (var block in _levels[level])
                tokens = block.call(tokens);
        }
        return _head.call(_norm.call(tokens).mean([1, 2])).MoveToOuterDisposeScope();
    }
}
