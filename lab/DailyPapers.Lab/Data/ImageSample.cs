using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>Labelled images to train and to test on, drawn by seed and normalised by the training images' mean and deviation.</summary>
public sealed class ImageSample : IDisposable
{
    private ImageSample(Tensor trainImages, Tensor trainLabels, Tensor testImages, Tensor testLabels) =>
        (TrainImages, TrainLabels, TestImages, TestLabels) = (trainImages, trainLabels, testImages, testLabels);

    /// <summary>(train, 1, side, side), 32-bit floats.</summary>
    public Tensor TrainImages { get; }

    /// <summary>(train), 64-bit integers.</summary>
    public Tensor TrainLabels { get; }

    /// <summary>(test, 1, side, side), 32-bit floats.</summary>
    public Tensor TestImages { get; }

    /// <summary>(test), 64-bit integers.</summary>
    public Tensor TestLabels { get; }

    /// <summary>Draws from Fashion-MNIST: training images from its training part, test images from its test part.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More images than there are.</exception>
    public static ImageSample Draw(FashionMnist data, int train, int test, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Of(data.Train, Drawn(data.Train.Count, train, seed.Stream("train")), data.Test, Drawn(data.Test.Count, test, seed.Stream("test")));
    }

    /// <summary>Draws both from Fashion-MNIST's training part, apart: to choose settings without looking at a test image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More images than there are.</exception>
    public static ImageSample DrawHeldOut(FashionMnist data, int train, int heldOut, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        return DrawApart(data.Train, train, heldOut, seed);
    }

    /// <summary>Draws from the 8 × 8 digits, training and test images apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More images than there are.</exception>
    public static ImageSample DrawDigits(int train, int test, Seed seed) => DrawApart(Digits.Load(), train, test, seed);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        TrainImages.Dispose();
        TrainLabels.Dispose();
        TestImages.Dispose();
        TestLabels.Dispose();
    }

    private static ImageSample DrawApart(LabelledImages images, int train, int test, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        var order = Drawn(images.Count, train + test, seed);
        return Of(images, order[..train], images, order[train..]);
    }

    private static int[] Drawn(int count, int size, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, count);
        var order = Enumerable.Range(0, count).ToArray();
        seed.ToRandom().Shuffle(order);
        return order[..size];
    }

    private static ImageSample Of(LabelledImages train, int[] trainOrder, LabelledImages test, int[] testOrder)
    {
        using var scope = NewDisposeScope();
        var (trainImages, testImages) = (Images(train, trainOrder), Images(test, testOrder));
        var (mean, deviation) = (trainImages.mean(), trainImages.std());
        return new ImageSample(
            ((trainImages - mean) / deviation).MoveToOuterDisposeScope(), Labels(train, trainOrder).MoveToOuterDisposeScope(),
            ((testImages - mean) / deviation).MoveToOuterDisposeScope(), Labels(test, testOrder).MoveToOuterDisposeScope());
    }

    private static Tensor Images(LabelledImages images, int[] order)
    {
        var size = images.Height * images.Width;
        var pixels = new byte[order.Length * size];
        for (var place = 0; place < order.Length; place++)
            images.Image(order[place]).Span.CopyTo(pixels.AsSpan(place * size, size));
        return tensor(pixels, [order.Length, 1, images.Height, images.Width]).to(float32);
    }

    private static Tensor Labels(LabelledImages images, int[] order)
    {
        var labels = new long[order.Length];
        for (var place = 0; place < order.Length; place++)
            labels[place] = images.Labels.Span[order[place]];
        return tensor(labels);
    }
}
