using DailyPapers.Lab.Architectures.ScalingMlps;
using DailyPapers.Lab.Data.Augmentation;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Data.Augmentation;

public sealed class AugmentationTests
{
    [Fact]
    public void The_whole_image_without_mirroring_is_the_image()
    {
        using var scope = NewDisposeScope();
        var images = rand(5, 3, 7, 9, dtype: float64);
        Assert.True(new RandomCropFlip(1, 1, 1, 0, new Seed(1)).Apply(images).allclose(images, 1e-6, 1e-6));
    }

    [Fact]
    public void The_whole_image_with_mirroring_is_its_mirror_image()
    {
        using var scope = NewDisposeScope();
        var images = rand(5, 1, 8, 8);
        Assert.True(new RandomCropFlip(1, 1, 1, 1, new Seed(1)).Apply(images).allclose(images.flip(3), 1e-5, 1e-6));
    }

    [Fact]
    public void A_crop_shows_a_rectangle_of_the_demanded_area_inside_the_image()
    {
        using var scope = NewDisposeScope();
        // Pixels that are their own coordinates: what the crop shows can be read from its corners.
        const int side = 16;
        var line = arange(side, dtype: float32);
        var image = stack([line.expand(side, side), line.unsqueeze(1).expand(side, side)]).unsqueeze(0);
        var crops = new RandomCropFlip(0.25, 0.5, 4.0 / 3, 0.5, new Seed(2)).Apply(image.expand(200, 2, side, side));
        // Neighbours in a crop are a side's share apart; the middle is free of the border's clamping.
        var width = (crops[.., 0, 8, 8] - crops[.., 0, 8, 7]).abs();
        var height = crops[.., 1, 8, 8] - crops[.., 1, 7, 8];
        var area = width * height;
        Assert.InRange(area.min().item<float>(), 0.249f, 0.27f);
        Assert.InRange(area.max().item<float>(), 0.48f, 0.501f);
        var ratio = width / height;
        Assert.InRange(ratio.max().item<float>(), 1.2f, 1.334f);
        Assert.InRange(ratio.min().item<float>(), 0.749f, 0.83f);
        Assert.InRange((crops[.., 0, 8, 8] < crops[.., 0, 8, 7]).to(float32).mean().item<float>(), 0.4f, 0.6f);
        Assert.True(crops.min().item<float>() >= 0 && crops.max().item<float>() <= side - 1);
    }

    [Fact]
    public void A_crop_keeps_the_demanded_area_where_its_sides_would_leave_the_image_too()
    {
        using var scope = NewDisposeScope();
        const int side = 16;
        var line = arange(side, dtype: float32);
        var image = stack([line.expand(side, side), line.unsqueeze(1).expand(side, side)]).unsqueeze(0);
        var crops = new RandomCropFlip(0.9, 1, 2, 0, new Seed(6)).Apply(image.expand(200, 2, side, side));
        var area = (crops[.., 0, 8, 8] - crops[.., 0, 8, 7]) * (crops[.., 1, 8, 8] - crops[.., 1, 7, 8]);
        Assert.InRange(area.min().item<float>(), 0.899f, 0.91f);
        Assert.InRange(area.max().item<float>(), 0.99f, 1.001f);
        Assert.True(new RandomCropFlip(1, 1, 4.0 / 3, 0, new Seed(6)).Apply(image).allclose(image, 1e-4, 1e-4));
    }

    [Fact]
    public void Mixed_examples_lie_between_the_two_and_their_loss_mixes_both_losses()
    {
        using var scope = NewDisposeScope();
        var (examples, labels) = (randn(6, 4, dtype: float64), tensor(new long[] { 0, 1, 2, 0, 1, 2 }));
        var logits = randn(6, 3, dtype: float64);
        var mix = new MixUp(0.8, new Seed(3));
        for (var trial = 0; trial < 20; trial++)
        {
            var mixed = mix.Mix(examples, labels);
            Assert.InRange(mixed.Weight, 0, 1);
            // Every row must be the mixture with one of the batch's rows that has the partner's label.
            for (var i = 0; i < 6; i++)
            {
                var partners = Enumerable.Range(0, 6).Where(j => labels[j].item<long>() == mixed.PartnerLabels[i].item<long>());
                Assert.Contains(partners, j => mixed.Examples[i].allclose(mixed.Weight * examples[i] + (1 - mixed.Weight) * examples[j], 1e-9, 1e-12));
            }
            var target = mixed.Weight * nn.functional.one_hot(labels, 3) + (1 - mixed.Weight) * nn.functional.one_hot(mixed.PartnerLabels, 3);
            var smoothed = 0.9 * target + 0.1 / 3;
            Assert.Equal(-(smoothed * logits.log_softmax(1)).sum(1).mean().item<double>(), mixed.Loss(logits, 0.1).item<double>(), 1e-6);
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.8)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void Weights_have_the_mean_and_the_variance_of_the_beta_distribution(double alpha)
    {
        using var scope = NewDisposeScope();
        var (examples, labels) = (zeros(1, 1), zeros(1, dtype: int64));
        var mix = new MixUp(alpha, new Seed(4));
        double[] weights = [.. Enumerable.Range(0, 4000).Select(_ => mix.Mix(examples, labels).Weight)];
        // Four standard errors of a mean over 4,000 draws; Var = 1 / (4 (2 α + 1)).
        var variance = 1 / (4 * (2 * alpha + 1));
        Assert.Equal(0.5, weights.Average(), 4 * Math.Sqrt(variance / 4000));
        Assert.Equal(variance, weights.Average(weight => (weight - 0.5) * (weight - 0.5)), 0.01);
    }

    [Fact]
    public void Views_are_averaged_as_probabilities_and_the_mode_is_put_back()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        using var network = new StandardMlp(4, 1, [6], 3, dtype: float64);
        // Dropout that leaves almost nothing: only in evaluation mode are views those of the network.
        using var model = nn.Sequential(nn.Dropout(0.9), network);
        var images = randn(5, 1, 4, 4, dtype: float64);
        var mirrored = false;
        var averaged = TestTimeAugmentation.Probabilities(model, images, batch => (mirrored = !mirrored) ? batch.flip(3) : batch, 2);
        var expected = (network.call(images).softmax(1) + network.call(images.flip(3)).softmax(1)) / 2;
        Assert.True(averaged.allclose(expected, 1e-12, 1e-12));
        Assert.True(model.training);
        Assert.True(averaged.sum(1).allclose(ones(5, dtype: float64), 1e-12, 1e-12));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixUp(0, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCropFlip(0, 1, 1, 0, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCropFlip(0.5, 0.4, 1, 0, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCropFlip(0.5, 1, 0.5, 0, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCropFlip(0.5, 1, 1, 1.5, new Seed(1)));
        using var flat = zeros(2, 64);
        Assert.StartsWith("images: expected (*, *, *, *), got (2, 64)", Assert.Throws<ArgumentException>(() => new RandomCropFlip(1, 1, 1, 0, new Seed(1)).Apply(flat)).Message, StringComparison.Ordinal);
    }
}
