using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>
/// Times inference with layer norms, with unified norms, and with unified norms folded away, side by side in one run. Set libtorch to
/// one thread first: what is measured is the calling thread.
/// </summary>
public static class NormalizationTiming
{
    /// <summary>The kernels' places in the timing.</summary>
    public const int LayerNorms = 0;

    /// <inheritdoc cref="LayerNorms"/>
    public const int Unfolded = 1;

    /// <inheritdoc cref="LayerNorms"/>
    public const int Folded = 2;

    /// <summary>A norm alone, on (batch, tokens, dim); a folded one has no time, so there are two kernels.</summary>
    public static InterleavedTiming Norm(int batch, int tokens, int dim, int rounds, double seconds, CancellationToken cancellationToken = default)
    {
        using var input = randn(batch, tokens, dim);
        using var layer = LayerNorm(dim);
        using var unified = new UnifiedNorm(dim);
        return Measure([layer, unified], input, rounds, seconds, cancellationToken);
    }

    /// <summary>A transformer block of hidden width 4 dim on (batch, tokens, dim).</summary>
    public static InterleavedTiming Block(int batch, int tokens, int dim, int heads, int rounds, double seconds, CancellationToken cancellationToken = default)
    {
        using var input = randn(batch, tokens, dim);
        using var layer = TransformerBlock.Plain(dim, heads, 4 * dim);
        using var unified = TransformerBlock.WithNorm(channels => new UnifiedNorm(channels), dim, heads, 4 * dim);
        unified.eval();
        using var folded = FoldNormalization.Block(unified);
        return Measure([layer, unified, folded], input, rounds, seconds, cancellationToken);
    }

    /// <summary>A vision transformer on a batch of images.</summary>
    public static InterleavedTiming Model(VisionTransformerOptions options, int batch, int rounds, double seconds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var input = randn(batch, options.Channels, options.Side, options.Side);
        using var layer = VisionTransformer.Plain(options);
        using var unified = VisionTransformer.WithNorm(options, channels => new UnifiedNorm(channels));
        unified.eval();
        using var folded = FoldNormalization.Model(unified);
        return Measure([layer, unified, folded], input, rounds, seconds, cancellationToken);
    }

    // #region measure
    private static InterleavedTiming Measure(Module<Tensor, Tensor>[] modules, Tensor input, int rounds, double seconds, CancellationToken cancellationToken)
    {
        using var inference = inference_mode();
        foreach (var module in modules)
            module.eval();
        return InterleavedTiming.Measure(
            [.. modules.Select(module => (Action)(() => module.call(input).Dispose()))], rounds, seconds, cancellationToken: cancellationToken);
    }
    // #endregion measure
}
