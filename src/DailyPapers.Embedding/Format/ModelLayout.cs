using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using DailyPapers.Embedding.Text;

namespace DailyPapers.Embedding.Format;

/// <summary>
/// A model file, version 2; all numbers little-endian.
/// <code>
///  0  8   "DPEMBED\0"
///  8  4   version of the format, 2
/// 12  4   dimensions d, a multiple of 16
/// 16  4   tokens n
/// 20  4   frequency exponent p, a float: a token that occurs k times counts k^p times
/// 24  4   length of the token texts t
/// 28  4   how often a paper's title stands in the text by which the paper is embedded
/// 32 16   XxHash128 of the bytes before and after this field
/// 48  4d  mean vector, floats
///     2n  scale of each row, half floats
///     2n  weight of each token in a query, half floats
///     n   length of each token's text in UTF-8
///     t   the tokens' texts, one after the other
///         zeros up to a multiple of 64
///     dn  the rows, signed bytes: number times scale is the vector's value
/// </code>
/// </summary>
internal sealed unsafe class ModelLayout
{
    public const int HeaderLength = 48;
    public const int ChecksumOffset = 32;
    public const int RowAlignment = 64;
    public const uint Version = 2;
    public const int MostTitles = 100;
    private const int MostDimensions = 4096;
    private const int MostTokens = 1 << 24;

    public static ReadOnlySpan<byte> Magic => "DPEMBED\0"u8;

    public required string Id { get; init; }

    public required float FrequencyExponent { get; init; }

    public required float[] Mean { get; init; }

    public required float[] Scales { get; init; }

    public required float[] QueryWeights { get; init; }

    public required int TitleCount { get; init; }

    public required Vocabulary Vocabulary { get; init; }

    public required byte* Rows { get; init; }

    /// <summary>Checks a file and finds its parts.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="InvalidDataException">It is no model file of this version, or damaged.</exception>
    public static ModelLayout Parse(byte* start, long length, string name)
    {
        if (length < HeaderLength || length > int.MaxValue)
            throw new InvalidDataException($"{name} is no embedding model: it has {length} bytes.");
        var file = new ReadOnlySpan<byte>(start, (int)length);
        if (!file.StartsWith(Magic))
            throw new InvalidDataException($"{name} is no embedding model: it starts with {Convert.ToHexString(file[..8])}, not with DPEMBED.");
        var header = MemoryMarshal.Cast<byte, uint>(file[8..ChecksumOffset]);
        if (header[0] != Version)
            throw new InvalidDataException($"{name} has version {header[0]} of the format; this library reads version {Version}. Train it again, or update the library.");
        long dimensions = header[1], tokens = header[2], texts = header[4], titles = header[5];
        var rows = RowsOffset(dimensions, tokens, texts);
        if (dimensions is 0 or > MostDimensions || dimensions % 16 != 0 || tokens is 0 or > MostTokens || titles is 0 or > MostTitles || length != rows + (dimensions * tokens))
            throw new InvalidDataException($"{name} is damaged or cut short: {length} bytes do not hold {tokens} tokens of {dimensions} dimensions. Fetch or train it again.");
        var checksum = Checksum(file);
        if (!file.Slice(ChecksumOffset, checksum.Length).SequenceEqual(checksum))
            throw new InvalidDataException($"{name} is damaged: its content does not match its checksum. Fetch or train it again.");

        var means = file.Slice(HeaderLength, (int)dimensions * sizeof(float));
        var scales = file.Slice(HeaderLength + means.Length, (int)tokens * 2);
        var queryWeights = file.Slice(HeaderLength + means.Length + scales.Length, (int)tokens * 2);
        var textParts = HeaderLength + means.Length + scales.Length + queryWeights.Length;
        var lengths = file.Slice(textParts, (int)tokens);
        return new ModelLayout
        {
            Id = Convert.ToHexStringLower(checksum)[..12],
            FrequencyExponent = BitConverter.UInt32BitsToSingle(header[3]),
            Mean = MemoryMarshal.Cast<byte, float>(means).ToArray(),
            Scales = Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(scales).ToArray(), scale => (float)scale),
            QueryWeights = Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(queryWeights).ToArray(), weight => (float)weight),
            TitleCount = (int)titles,
            Vocabulary = ReadVocabulary(lengths, file.Slice(textParts + lengths.Length, (int)texts), name),
            Rows = start + rows,
        };
    }

    /// <summary>Where the rows begin.</summary>
    public static long RowsOffset(long dimensions, long tokens, long texts)
    {
        var end = HeaderLength + (dimensions * sizeof(float)) + (tokens * 5) + texts;
        return (end + RowAlignment - 1) / RowAlignment * RowAlignment;
    }

    /// <summary>The checksum of a whole file, whatever stands in the checksum's place.</summary>
    public static byte[] Checksum(ReadOnlySpan<byte> file)
    {
        var hash = new XxHash128();
        hash.Append(file[..ChecksumOffset]);
        hash.Append(file[HeaderLength..]);
        return hash.GetCurrentHash();
    }

    private static Vocabulary ReadVocabulary(ReadOnlySpan<byte> lengths, ReadOnlySpan<byte> texts, string name)
    {
        var tokens = new string[lengths.Length];
        var position = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (position + lengths[i] > texts.Length)
                throw new InvalidDataException($"{name} is damaged: its token texts end before token {i}.");
            tokens[i] = Encoding.UTF8.GetString(texts.Slice(position, lengths[i]));
            position += lengths[i];
        }
        return new Vocabulary(tokens);
    }
}
