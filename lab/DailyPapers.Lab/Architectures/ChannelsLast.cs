using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures;

/// <summary>Images stored pixel by pixel instead of channel by channel, which libtorch's convolutions and poolings keep for their outputs.</summary>
public static class ChannelsLast
{
    /// <summary>
    /// The same images, of the same shape, with a pixel's channels next to each other in memory. libtorch's max-pooling is vectorised over
    /// channels only in this order, and several times as fast.
    /// </summary>
    /// <param name="images">(n, channels, height, width); of a single channel they are not copied.</param>
    /// <returns>(n, channels, height, width).</returns>
    /// <exception cref="ArgumentException">Another number of dimensions.</exception>
    public static Tensor Of(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        TensorShape.Require(images, nameof(images), TensorShape.Any, TensorShape.Any, TensorShape.Any, TensorShape.Any);
        // Of one channel both orders are the same memory; only this view's strides tell libtorch which one is meant.
        return images.shape[1] == 1
            ? images.contiguous().view(images.shape[0], images.shape[2], images.shape[3], 1).permute(0, 3, 1, 2)
            : images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }
}
