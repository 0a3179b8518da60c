using DailyPapers.Lab.Architectures;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Data.Augmentation;

/// <summary>
/// Cuts a random rectangle out of every image, scales it to the image's size by bilinear interpolation, and mirrors it left to right
/// with a probability: the usual "random resized crop and flip".
/// </summary>
public sealed class RandomCropFlip
{
    private readonly Random _random;
    private readonly (double Least, double Greatest) _area;
    private readonly double _logRatio;
    private readonly double _flip;

    /// <summary>An augmentation with a stream of its own.</summary>
    /// <param name="leastArea">The smallest share of the image's area that is kept, above 0 and at most <paramref name="greatestArea"/>.</param>
    /// <param name="greatestArea">The largest, at most 1.</param>
    /// <param name="ratio">
    /// The shares of width and height that are kept differ by at most this factor, at least 1; drawn evenly in the logarithm, between
    /// the bounds that leave the rectangle inside the image.
    /// </param>
    /// <param name="flip">The probability of mirroring.</param>
    /// <param name="seed">The stream of the draws.</param>
    public RandomCropFlip(double leastArea, double greatestArea, double ratio, double flip, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leastArea);
        ArgumentOutOfRangeException.ThrowIfLessThan(greatestArea, leastArea);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(greatestArea, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ratio, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(flip);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(flip, 1);
        (_area, _logRatio, _flip, _random) = ((leastArea, greatestArea), Math.Log(ratio), flip, seed.ToRandom());
    }

    /// <summary>Augments a batch, each image by draws of its own.</summary>
    /// <param name="images">(n, channels, height, width), floats.</param>
    /// <returns>The same shape.</returns>
    public Tensor Apply(Tensor images)
    {
        TensorShape.Require(images, nameof(images), TensorShape.Any, TensorShape.Any, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        // In coordinates from −1 to 1, output (u, v) reads input (sx u + tx, sy v + ty).
        var maps = new float[images.shape[0] * 6];
        for (var at = 0; at < maps.Length; at += 6)
        {
            var (width, height) = Sides();
            (maps[at + 2], maps[at + 5]) = ((float)Centre(width), (float)Centre(height));
            (maps[at], maps[at + 4]) = ((float)(_random.NextDouble() < _flip ? -width : width), (float)height);
        }
        var map = tensor(maps, [images.shape[0], 2, 3], device: images.device).to(images.dtype);
        var grid = functional.affine_grid(map, images.shape, align_corners: false);
        return functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false).MoveToOuterDisposeScope();
    }

    private (double Width, double Height) Sides()
    {
        var area = _area.Least + (_area.Greatest - _area.Least) * _random.NextDouble();
        // A side can't be longer than the image's: the larger the area, the nearer to the image's shape the rectangle is.
        var ratio = Math.Exp(Math.Min(_logRatio, -Math.Log(area)) * (2 * _random.NextDouble() - 1));
        return (Math.Min(1, Math.Sqrt(area * ratio)), Math.Min(1, Math.Sqrt(area / ratio)));
    }

    private double Centre(double side) => (1 - side) * (2 * _random.NextDouble() - 1);
}
