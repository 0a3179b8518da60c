using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.IntriguingAdversarialProperties;

/// <summary>Fashion-MNIST at half its resolution: 14 × 14 pixels from 0 to 1, each the mean of four.</summary>
internal static class FashionImages
{
    internal const int Side = 14;

    /// <summary>Images drawn without replacement.</summary>
    /// <returns>Inputs (n, 1, 14, 14), float32; labels (n,), int64.</returns>
    internal static (Tensor Inputs, Tensor Labels) Draw(LabelledImages images, int count, Seed seed)
    {
        var order = Enumerable.Range(0, images.Count).ToArray();
        seed.ToRandom().Shuffle(order);
        var pixels = new float[count * Side * Side];
        var labels = new long[count];
        for (var i = 0; i < count; i++)
        {
            var image = images.Image(order[i]).Span;
            for (var row = 0; row < 2 * Side; row++)
                for (var column = 0; column < 2 * Side; column++)
                    pixels[(i * Side + row / 2) * Side + column / 2] += image[row * 2 * Side + column] / (4 * 255f);
            labels[i] = images.Labels.Span[order[i]];
        }
        return (tensor(pixels, [count, 1, Side, Side]), tensor(labels));
    }
}
