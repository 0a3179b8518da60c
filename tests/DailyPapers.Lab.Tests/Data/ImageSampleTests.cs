using DailyPapers.Lab.Data;

namespace DailyPapers.Lab.Tests.Data;

public sealed class ImageSampleTests
{
    [Fact]
    public void Digits_are_drawn_by_seed_normalised_and_kept_apart()
    {
        using var first = ImageSample.DrawDigits(1000, 500, new Seed(3));
        using var again = ImageSample.DrawDigits(1000, 500, new Seed(3));
        using var other = ImageSample.DrawDigits(1000, 500, new Seed(4));
        Assert.Equal([1000, 1, 8, 8], first.TrainImages.shape);
        Assert.Equal([500], first.TestLabels.shape);
        Assert.True(first.TestImages.equal(again.TestImages).all().item<bool>());
        Assert.False(first.TestImages.equal(other.TestImages).all().item<bool>());
        Assert.Equal(0, first.TrainImages.mean().item<float>(), 1e-4);
        Assert.Equal(1, first.TrainImages.std().item<float>(), 1e-4);
        var (train, test) = (Rows(first.TrainImages), Rows(first.TestImages));
        Assert.Equal(1500, train.Concat(test).Distinct().Count());

        static string[] Rows(TorchSharp.torch.Tensor images) =>
            [.. images.data<float>().ToArray().Chunk(64).Select(pixels => string.Join(' ', pixels))];
    }

    [Fact]
    public void Held_out_images_are_training_images_that_are_not_trained_on()
    {
        var folder = Directory.CreateTempSubdirectory("idx");
        try
        {
            // Ten training images of one pixel, with labels that are their numbers, and two test images.
            File.WriteAllBytes(Path.Combine(folder.FullName, "train-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 1, .. Enumerable.Range(0, 10).Select(i => (byte)(20 * i))]);
            File.WriteAllBytes(Path.Combine(folder.FullName, "train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 10, .. Enumerable.Range(0, 10).Select(i => (byte)i)]);
            File.WriteAllBytes(Path.Combine(folder.FullName, "t10k-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2]);
            File.WriteAllBytes(Path.Combine(folder.FullName, "t10k-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 2, 3, 3]);
            using var sample = ImageSample.DrawHeldOut(FashionMnist.Read(folder.FullName), 7, 3, new Seed(5));
            Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), sample.TrainLabels.data<long>().ToArray().Concat(sample.TestLabels.data<long>().ToArray()).Order());
            Assert.Equal(0, sample.TrainImages.mean().item<float>(), 1e-5);
            Assert.Throws<ArgumentOutOfRangeException>(() => ImageSample.DrawHeldOut(FashionMnist.Read(folder.FullName), 8, 3, new Seed(5)));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
