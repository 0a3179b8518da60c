using DailyPapers.Lab.Architectures;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures;

public sealed class ChannelsLastTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Values_and_shape_stay_and_channels_lie_next_to_each_other(int channels)
    {
        using var scope = NewDisposeScope();
        var images = randn(2, channels, 5, 4);
        var last = ChannelsLast.Of(images);
        Assert.Equal(images.shape, last.shape);
        Assert.Equal([5L * 4 * channels, 1, 4L * channels, channels], last.stride());
        Assert.True(images.eq(last).all().item<bool>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_convolution_and_a_pooling_keep_the_order_and_give_what_they_give_otherwise(int channels)
    {
        new Seed(3).SeedTorch();
        using var scope = NewDisposeScope();
        var convolution = nn.Conv2d(channels, 6, 3, padding: 1, dtype: float64);
        var images = randn([4, channels, 8, 8], dtype: float64, requires_grad: true);
        var direction = randn([4, 6, 4, 4], dtype: float64);

        Tensor Output(Tensor input) => nn.functional.max_pool2d(convolution.call(input), 2);
        var (plain, last) = (Output(images), Output(ChannelsLast.Of(images)));

        Assert.Equal(1, last.stride()[1]);
        Assert.True(plain.allclose(last, rtol: 1e-12, atol: 1e-12));
        Assert.True(autograd.grad([plain], [images], [direction])[0].allclose(autograd.grad([last], [images], [direction])[0], rtol: 1e-12, atol: 1e-12));
    }

    [Fact]
    public void Only_batches_of_images_are_taken()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => ChannelsLast.Of(zeros(3, 8, 8)));
        Assert.StartsWith("images: expected (*, *, *, *), got (3, 8, 8)", error.Message, StringComparison.Ordinal);
    }
}
