using DailyPapers.Lab.Architectures.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold;

/// <summary>
/// The Kolmogorov-Arnold transformer (KAT, arXiv:2409.10594): a vision transformer with a <see cref="GroupRationalKan"/> in each block.
/// The published KAT-T, KAT-S and KAT-B are those of <see cref="VisionTransformerOptions.Tiny"/>, <see cref="VisionTransformerOptions.Small"/>
/// and <see cref="VisionTransformerOptions.Base"/>: 5.7, 22.1 and 86.6 million parameters.
/// </summary>
public static class KolmogorovArnoldTransformer
{
    /// <summary>The model at its initial weights.</summary>
    /// <param name="options">Sizes; dim and hidden are multiples of <paramref name="groups"/>.</param>
    /// <param name="groups">Groups of channels that share a function; 0 gives every channel its own.</param>
    /// <param name="variancePreserving">Whether the KAN layers' weights are drawn so that the variance is kept.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public static VisionTransformer Create(VisionTransformerOptions options, int groups = 8, bool variancePreserving = true, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options, _ => KatBlock(options.Dim, options.Heads, options.Hidden, groups, variancePreserving, device, dtype), device: device, dtype: dtype);
    }

    /// <summary>A block: attention, then two group-rational layers, each after a layer norm and with a residual connection.</summary>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="heads">Heads of the attention.</param>
    /// <param name="hidden">Channels between the two layers.</param>
    /// <param name="groups">Groups of channels that share a function; 0 gives every channel its own.</param>
    /// <param name="variancePreserving">Whether the layers' weights are drawn so that the variance is kept.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public static TransformerBlock KatBlock(
        int dim, int heads, int hidden, int groups = 8, bool variancePreserving = true, Device? device = null, ScalarType? dtype = null) => new(
        LayerNorm(dim, device: device, dtype: dtype), new MultiHeadAttention(dim, heads, device: device, dtype: dtype),
        LayerNorm(dim, device: device, dtype: dtype), new GroupRationalKan(dim, hidden, groups, variancePreserving: variancePreserving, device: device, dtype: dtype));
}
