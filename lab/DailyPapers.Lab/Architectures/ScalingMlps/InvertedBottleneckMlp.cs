using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ScalingMlps;

/// <summary>An MLP on flattened pixels with inverted bottlenecks (arXiv:2306.13575, section 2): a linear layer, blocks, a linear head.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class InvertedBottleneckMlp : Module<Tensor, Tensor>
{
    private readonly Linear _first;
    private readonly ModuleList<InvertedBottleneckBlock> _blocks;
    private readonly Linear _head;

    /// <summary>The network at its initial weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public InvertedBottleneckMlp(InvertedBottleneckMlpOptions options, Device? device = null, ScalarType? dtype = null)
        : base(nameof(InvertedBottleneckMlp))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _first = Linear(options.Inputs, options.Width, true, device, dtype);
        _blocks = ModuleList([.. Enumerable.Range(0, options.Blocks).Select(_ => new InvertedBottleneckBlock(options.Width, options.Expansion, device, dtype))]);
        _head = Linear(options.Width, options.Classes, true, device, dtype);
        RegisterComponents();
    }

    /// <summary>The sizes.</summary>
    public InvertedBottleneckMlpOptions Options { get; }

    /// <summary>The head, for training it alone on the features (a linear probe).</summary>
    public Linear Head => _head;

    /// <summary>What the head reads, (n, m).</summary>
    /// <param name="images">(n, channels, side, side).</param>
    public Tensor Features(Tensor images)
    {
        TensorShape.Require(images, nameof(images), TensorShape.Any, Options.Channels, Options.Side, Options.Side);
        using var scope = NewDisposeScope();
        var state = _first.call(images.flatten(1));
        foreach (var block in _blocks)
            state = block.call(state);
        return state.MoveToOuterDisposeScope();
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
