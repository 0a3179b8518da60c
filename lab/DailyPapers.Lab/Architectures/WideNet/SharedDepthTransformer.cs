using DailyPapers.Lab.Architectures.Transformers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>
/// One attention and one feed-forward part, applied at every depth: x + attention(norm₁ᵢ(x)), then x + feedForward(norm₂ᵢ(x)) for
/// i = 1 to Lyr. With experts and individual norms it is WideNet's trunk; without experts and with shared norms ALBERT's, in pre-norm form.
/// </summary>
/// <remarks>
/// To put it into a <see cref="VisionTransformer"/> or a <see cref="CausalLanguageModel"/>, give it as their only block.
/// Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).
/// </remarks>
public sealed class SharedDepthTransformer : Module<Tensor, Tensor>
{
    private readonly MultiHeadAttention _attention;
    private readonly Module<Tensor, Tensor> _feedForward;
    private readonly ModuleList<Module<Tensor, Tensor>> _firstNorms;
    private readonly ModuleList<Module<Tensor, Tensor>> _secondNorms;
    private readonly int _depth;

    /// <summary>A trunk at its initial weights.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="norms">Whether depths have norms of their own.</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public SharedDepthTransformer(WideNetConfig config, NormSharing norms = NormSharing.Individual, bool causal = false, Device? device = null, ScalarType? dtype = null)
        : base(nameof(SharedDepthTransformer))
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentOutOfRangeException.ThrowIfLessThan(config.Depth, 1, nameof(config));
        ArgumentOutOfRangeException.ThrowIfNegative(config.Experts, nameof(config));
        _depth = config.Depth;
        _attention = new MultiHeadAttention(config.Dim, config.Heads, causal, device: device, dtype: dtype);
        _feedForward = config.Experts == 0
            ? new FeedForward(config.Dim, config.Hidden, device, dtype)
            : new MixtureOfExperts(config.Dim, config.Hidden, config.Experts, config.K, config.CapacityFactor, device: device, dtype: dtype);
        var count = norms == NormSharing.Individual ? config.Depth : 1;
        _firstNorms = Norms();
        _secondNorms = Norms();
        RegisterComponents();

        ModuleList<Module<Tensor, Tensor>> Norms() => ModuleList(
            [.. Enumerable.Range(0, count).Select(Module<Tensor, Tensor> (_) => LayerNorm(config.Dim, device: device, dtype: dtype))]);
    }

    /// <summary>The experts; null when the feed-forward part is a plain one.</summary>
    public MixtureOfExperts? Experts => _feedForward as MixtureOfExperts;

    // #region depth
    /// <inheritdoc/>
    /// <param name="input">(n, tokens, dim).</param>
    /// <returns>(n, tokens, dim).</returns>
    public override Tensor forward(Tensor input)
    {
        var tokens = input.alias();
        for (var depth = 0; depth < _depth; depth++)
        {
            using var before = tokens;
            var norm = depth % _firstNorms.Count;
            using var attended = TransformerBlock.Residual(before, _firstNorms[norm], _attention);
            tokens = TransformerBlock.Residual(attended, _secondNorms[norm], _feedForward);
        }
        return tokens;
    }
    // #endregion depth
}
