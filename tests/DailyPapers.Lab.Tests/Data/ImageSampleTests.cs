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
}
