using System.IO.Compression;
using System.Reflection;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>
/// The 8 × 8 digits (Alpaydin and Kaynak 1998): 1,797 handwritten digits of ten classes. They ship inside the library, so
/// they are always there.
/// </summary>
public static class Digits
{
    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    /// <summary>Rows and columns of an image.</summary>
    public const int Side = 8;

    /// <summary>The largest value of a pixel.</summary>
    public const byte Ink = 16;

    private static readonly Lazy<LabelledImages> _images = new(ReadEmbedded);

    /// <summary>The images as they were published: pixels of 0 to <see cref="Ink"/>, in the order of the file, writer by writer.</summary>
    public static LabelledImages Load() => _images.Value;

    /// <summary>The pixels scaled to [0, 1] and the labels, in an order drawn from <paramref name="order"/>.</summary>
    /// <remarks>The file goes writer by writer, so a split along its own order would test on unknown hands; a shuffle does not.</remarks>
    /// <returns>Inputs [1797, 64] of 32-bit floats, and labels [1797] of 64-bit integers.</returns>
    public static (Tensor Inputs, Tensor Labels) Shuffled(Seed order)
    {
        var images = Load();
        var indices = Enumerable.Range(0, images.Count).ToArray();
        order.ToRandom().Shuffle(indices);
        var pixels = new float[images.Count * Side * Side];
        var labels = new long[images.Count];
        for (var place = 0; place < indices.Length; place++)
        {
            var image = images.Image(indices[place]).Span;
            for (var i = 0; i < image.Length; i++)
                pixels[place * image.Length + i] = image[i] / (float)Ink;
            labels[place] = images.Labels.Span[indices[place]];
        }
        return (tensor(pixels, images.Count, Side * Side), tensor(labels));
    }

    private static LabelledImages ReadEmbedded()
    {
        var images = ReadEmbedded("digits-images.idx3-ubyte.gz");
        return new LabelledImages(images.Elements, ReadEmbedded("digits-labels.idx1-ubyte.gz").Elements, images.Shape[1], images.Shape[2]);
    }

    private static IdxFile ReadEmbedded(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"digits/{name}")!;
        using var decompressed = new GZipStream(stream, CompressionMode.Decompress);
        return IdxFile.Read(decompressed, name);
    }
}
