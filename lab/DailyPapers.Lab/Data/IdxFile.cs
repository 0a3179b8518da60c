using System.Buffers.Binary;
using System.IO.Compression;

namespace DailyPapers.Lab.Data;

/// <summary>An array of bytes in the IDX format of MNIST and its successors, plain or gzip-compressed.</summary>
/// <remarks>
/// Two zero bytes, the element type (8 is an unsigned byte, the only one those data sets use), the number of dimensions,
/// each dimension as a big-endian 32-bit integer, then the elements in row-major order.
/// </remarks>
public sealed class IdxFile
{
    private const byte UnsignedByte = 8;
    private const long MaxElements = 1 << 30;

    private IdxFile(IReadOnlyList<int> shape, byte[] elements) => (Shape, Elements) = (shape, elements);

    /// <summary>Dimensions, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements in row-major order.</summary>
    public ReadOnlyMemory<byte> Elements { get; }

    /// <summary>Reads a file; a name that ends in <c>.gz</c> is decompressed.</summary>
    /// <exception cref="InvalidDataException">The file is not IDX, or is cut short or too long; the message names it.</exception>
    public static IdxFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = File.OpenRead(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            return Read(file, path);
        using var decompressed = new GZipStream(file, CompressionMode.Decompress);
        return Read(decompressed, path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The uncompressed content.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">The content is not IDX, or is cut short or too long.</exception>
    public static IdxFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            Span<byte> magic = stackalloc byte[4];
            stream.ReadExactly(magic);
            if (magic[0] != 0 || magic[1] != 0 || magic[2] != UnsignedByte || magic[3] is 0 or > 4)
                throw new InvalidDataException($"'{name}' is not an IDX file of bytes: it starts with {Convert.ToHexString(magic)}, expected 000008 and 1 to 4 dimensions.");
            var shape = ReadShape(stream, magic[3], name);
            var elements = new byte[shape.Aggregate(1L, (product, length) => product * length)];
            stream.ReadExactly(elements);
            if (stream.ReadByte() >= 0)
                throw new InvalidDataException($"'{name}' holds more than the {elements.Length} bytes that its header declares.");
            return new IdxFile(shape, elements);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"'{name}' ends before the array that its header declares; fetch it again.", exception);
        }
    }

    private static int[] ReadShape(Stream stream, int dimensions, string name)
    {
        var shape = new int[dimensions];
        var product = 1L;
        Span<byte> length = stackalloc byte[4];
        for (var i = 0; i < dimensions; i++)
        {
            stream.ReadExactly(length);
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(length);
            product *= shape[i];
            if (shape[i] < 0 || product > MaxElements)
                throw new InvalidDataException($"'{name}' declares a dimension of {shape[i]}; arrays of up to {MaxElements} bytes are read.");
        }

        return shape;
    }
}
