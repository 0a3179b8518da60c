namespace DailyPapers.Lab.Data;

/// <summary>Grey images of one size with a class label each.</summary>
/// <param name="pixels">Bytes, image by image, row-major.</param>
/// <param name="labels">One byte an image.</param>
/// <param name="height">Rows of an image.</param>
/// <param name="width">Columns of an image.</param>
public sealed class LabelledImages(ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int height, int width)
{
    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Rows of an image.</summary>
    public int Height => height;

    /// <summary>Columns of an image.</summary>
    public int Width => width;

    /// <summary>Labels, one an image.</summary>
    public ReadOnlyMemory<byte> Labels => labels;

    /// <summary>The pixels of one image, row-major, 0 to 255.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public ReadOnlyMemory<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return pixels.Slice(index * height * width, height * width);
    }
}
