using System.Globalization;

namespace DailyPapers.Lab.Architectures.ScalingMlps;

/// <summary>Sizes of an <see cref="InvertedBottleneckMlp"/>, B-L/Wi-m in the paper: L blocks of width m.</summary>
/// <param name="Side">Rows and columns of an image.</param>
/// <param name="Channels">Channels of an image.</param>
/// <param name="Blocks">L, the number of blocks.</param>
/// <param name="Width">m, the width between blocks.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Expansion">k, a block's inner width as a multiple of m.</param>
public sealed record InvertedBottleneckMlpOptions(int Side, int Channels, int Blocks, int Width, int Classes, int Expansion = 4)
{
    /// <summary>Classes of ImageNet-21k as the authors prepared it for pretraining.</summary>
    public const int ImageNet21kClasses = 11_230;

    /// <summary>B-6/Wi-512, pretrained on ImageNet-21k at 64 × 64: 24 million parameters.</summary>
    public static InvertedBottleneckMlpOptions B6Wi512 { get; } = new(64, 3, 6, 512, ImageNet21kClasses);

    /// <summary>B-12/Wi-512, pretrained on ImageNet-21k at 64 × 64: 37 million parameters.</summary>
    public static InvertedBottleneckMlpOptions B12Wi512 { get; } = new(64, 3, 12, 512, ImageNet21kClasses);

    /// <summary>B-6/Wi-1024, pretrained on ImageNet-21k at 64 × 64: 74 million parameters.</summary>
    public static InvertedBottleneckMlpOptions B6Wi1024 { get; } = new(64, 3, 6, 1024, ImageNet21kClasses);

    /// <summary>B-12/Wi-1024, pretrained on ImageNet-21k at 64 × 64: 124 million parameters.</summary>
    public static InvertedBottleneckMlpOptions B12Wi1024 { get; } = new(64, 3, 12, 1024, ImageNet21kClasses);

    /// <summary>The paper's name, for example <c>B-12/Wi-1024</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"B-{Blocks}/Wi-{Width}");

    /// <summary>Numbers of a flattened image.</summary>
    public int Inputs => Channels * Side * Side;

    /// <summary>Numbers that are trained: a block has 2 k m² weights, (k + 1) m biases and 2 m of its layer norm.</summary>
    public long Parameters => Inputs * (long)Width + Width + Blocks * (2L * Expansion * Width * Width + (Expansion + 3L) * Width) + (Width + 1L) * Classes;

    /// <summary>Multiply-adds of one image's forward pass.</summary>
    public long MultiplyAdds => Inputs * (long)Width + Blocks * 2L * Expansion * Width * Width + (long)Width * Classes;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Blocks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Expansion, 1);
    }
}
