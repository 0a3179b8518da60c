using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>Bicubic interpolation (corners not aligned), of images and of grids of tokens; its gradients flow through.</summary>
public static class BicubicResize
{
    /// <summary>Resizes images.</summary>
    /// <param name="images">(n, channels, h, w), floats.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <returns>(n, channels, height, width).</returns>
    public static Tensor Images(Tensor images, long height, long width)
    {
        TensorShape.Require(images, nameof(images), TensorShape.Any, TensorShape.Any, TensorShape.Any, TensorShape.Any);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return functional.interpolate(images, [height, width], mode: InterpolationMode.Bicubic, align_corners: false);
    }

    /// <summary>Resizes a grid of tokens.</summary>
    /// <param name="tokens">(n, h, w, channels), floats.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <returns>(n, height, width, channels).</returns>
    public static Tensor Tokens(Tensor tokens, long height, long width)
    {
        TensorShape.Require(tokens, nameof(tokens), TensorShape.Any, TensorShape.Any, TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        return Images(tokens.permute(0, 3, 1, 2), height, width).permute(0, 2, 3, 1).contiguous().MoveToOuterDisposeScope();
    }
}
