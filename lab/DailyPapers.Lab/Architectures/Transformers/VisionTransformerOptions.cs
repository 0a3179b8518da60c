namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>Sizes of a <see cref="VisionTransformer"/>.</summary>
/// <param name="Side">Rows and columns of an image.</param>
/// <param name="Patch">Rows and columns of a patch, a divisor of <paramref name="Side"/>.</param>
/// <param name="Dim">Channels of a token.</param>
/// <param name="Depth">Number of blocks.</param>
/// <param name="Heads">Heads of the attention.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Channels">Channels of an image.</param>
/// <param name="MlpRatio">Hidden channels of the feed-forward part, as a multiple of <paramref name="Dim"/>.</param>
/// <param name="ClassToken">Whether a class token is read; else the mean of the patches.</param>
public sealed record VisionTransformerOptions(
    int Side, int Patch, int Dim, int Depth, int Heads, int Classes, int Channels = 1, int MlpRatio = 4, bool ClassToken = true)
{
    /// <summary>ViT-Ti/16 at 224 × 224 (DeiT-T): 5.7 million parameters.</summary>
    public static VisionTransformerOptions Tiny { get; } = new(224, 16, 192, 12, 3, 1000, 3);

    /// <summary>ViT-S/16 at 224 × 224 (DeiT-S): 22 million parameters.</summary>
    public static VisionTransformerOptions Small { get; } = new(224, 16, 384, 12, 6, 1000, 3);

    /// <summary>ViT-B/16 at 224 × 224: 86.6 million parameters.</summary>
    public static VisionTransformerOptions Base { get; } = new(224, 16, 768, 12, 12, 1000, 3);

    /// <summary>Tokens that the blocks see, the class token included.</summary>
    public int Tokens => Side / Patch * (Side / Patch) + (ClassToken ? 1 : 0);

    /// <summary>Hidden channels of the feed-forward part.</summary>
    public int Hidden => MlpRatio * Dim;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        if (Side % Patch != 0)
            throw new ArgumentException($"side {Side} is not divisible by patch {Patch}.");
    }
}
