using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>MLP-Mixer (Tolstikhin et al. 2021, arXiv:2105.01601): patches, blocks of token and channel mixing, a last norm, the mean over tokens, a linear head.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class MlpMixer : Module<Tensor, Tensor>
{
    private readonly MultiScalePatchEmbedding _patches;
    private readonly Sequential _blocks;
    private readonly LayerNorm _norm;
    private readonly Linear _head;
    private readonly MlpMixerOptions _options;

    /// <summary>The network at its initial weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public MlpMixer(MlpMixerOptions options, Device? device = null, ScalarType? dtype = null)
        : base(nameof(MlpMixer))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _patches = new MultiScalePatchEmbedding(options.Channels, options.Dim, [options.Patch], device, dtype);
        _blocks = Sequential(Enumerable.Range(0, options.Depth).SelectMany(_ => (Module<Tensor, Tensor>[])
        [
            new MixerTokenMixing(options.Side / options.Patch, options.Dim, options.TokenHidden, device, dtype),
            new ChannelMixing(options.Dim, options.ChannelHidden, device, dtype),
        ]).ToArray());
        _norm = LayerNorm(options.Dim, device: device, dtype: dtype);
        _head = Linear(options.Dim, options.Classes, true, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">Images, (n, channels, side, side).</param>
    /// <returns>Logits, (n, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _options.Channels, _options.Side, _options.Side);
        using var scope = NewDisposeScope();
        return _head.call(_norm.call(_blocks.call(_patches.call(input))).mean([1, 2])).MoveToOuterDisposeScope();
    }
}
