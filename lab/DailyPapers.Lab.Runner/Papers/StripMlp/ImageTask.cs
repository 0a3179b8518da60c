using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.StripMlp;

/// <summary>Images of 16 × 16 in ten classes. Inputs (n, 1, 16, 16), float32; labels (n,), int64.</summary>
internal sealed record ImageTask(Tensor TrainInputs, Tensor TrainLabels, Tensor TestInputs, Tensor TestLabels) : IDisposable
{
    internal const int Side = 16;
    internal const int Classes = 10;

    private const int Shift = 2;

    /// <summary>The digits at twice their size, each moved by up to two pixels along both axes, with noise.</summary>
    internal static ImageTask MovedDigits(int train, int test, double noise, Seed seed)
    {
        using var scope = NewDisposeScope();
        var (pixels, labels) = Digits.Shuffled(seed.Stream("order"));
        var count = train + test;
        var large = nn.functional.interpolate(
            pixels.narrow(0, 0, count).view(count, 1, Digits.Side, Digits.Side), [Side, Side], mode: InterpolationMode.Bilinear, align_corners: false);
        var padded = nn.functional.pad(large, [Shift, Shift, Shift, Shift]);
        var moves = seed.Stream("moves").ToRandom();
        var moved = Enumerable.Range(0, count).Select(i =>
            padded[i].narrow(1, moves.Next(2 * Shift + 1), Side).narrow(2, moves.Next(2 * Shift + 1), Side)).ToArray();
        return Split(stack(moved) + noise * Noise(count, seed), labels.narrow(0, 0, count), train);
    }

    /// <summary>A bright row and a bright column at random places with noise; the class is the sum of their numbers modulo ten.</summary>
    internal static ImageTask Bars(int train, int test, double noise, Seed seed)
    {
        using var scope = NewDisposeScope();
        var count = train + test;
        var places = seed.Stream("places").ToRandom();
        var pixels = new float[count * Side * Side];
        var labels = new long[count];
        for (var i = 0; i < count; i++)
        {
            var (row, column) = (places.Next(Side), places.Next(Side));
            for (var at = 0; at < Side; at++)
            {
                pixels[(i * Side + row) * Side + at] = 1;
                pixels[(i * Side + at) * Side + column] = 1;
            }
            labels[i] = (row + column) % Classes;
        }
        return Split(tensor(pixels, [count, 1, Side, Side]) + noise * Noise(count, seed), tensor(labels), train);
    }

    public void Dispose()
    {
        TrainInputs.Dispose();
        TrainLabels.Dispose();
        TestInputs.Dispose();
        TestLabels.Dispose();
    }

    private static Tensor Noise(int count, Seed seed)
    {
        using var generator = seed.Stream("noise").ToGenerator();
        return randn([count, 1, Side, Side], generator: generator);
    }

    // Normalised by the mean and deviation of the training images.
    private static ImageTask Split(Tensor images, Tensor labels, int train)
    {
        var (seen, unseen) = (images.narrow(0, 0, train), images.narrow(0, train, images.shape[0] - train));
        var (mean, deviation) = (seen.mean(), seen.std());
        return new(
            ((seen - mean) / deviation).MoveToOuterDisposeScope(), labels.narrow(0, 0, train).clone().MoveToOuterDisposeScope(),
            ((unseen - mean) / deviation).MoveToOuterDisposeScope(), labels.narrow(0, train, labels.shape[0] - train).clone().MoveToOuterDisposeScope());
    }
}
