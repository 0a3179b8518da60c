using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using DailyPapers.Embedding.Text;

namespace DailyPapers.Embedding.Format;

/// <summary>Writes a trained model as the file that <see cref="StaticEmbeddingModel.Open"/> reads.</summary>
public static class StaticEmbeddingModelWriter
{
    /// <summary>Rounds the token vectors to bytes, each row by its own scale, and writes the model.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="vectors">Their vectors, weight included, one after the other: tokens times dimensions.</param>
    /// <param name="queryWeights">How much each token counts in a query beside what it counts in a paper.</param>
    /// <param name="mean">The mean of unit text vectors, which is taken off each; zeros when none is to be taken off.</param>
    /// <param name="frequencyExponent">p: a token that occurs k times in a text counts k^p times.</param>
    /// <param name="titleCount">How often a paper's title stands in the text by which the paper is embedded, 1 to 100.</param>
    /// <exception cref="ArgumentException">The dimensions are not a multiple of 16, or the lengths do not fit together.</exception>
    public static void Write(
        Stream stream, Vocabulary vocabulary, ReadOnlySpan<float> vectors, ReadOnlySpan<float> queryWeights, ReadOnlySpan<float> mean, float frequencyExponent, int titleCount)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (mean.Length == 0 || mean.Length % 16 != 0)
            throw new ArgumentException($"There are {mean.Length} dimensions; their number must be a multiple of 16.", nameof(mean));
        if (vectors.Length != vocabulary.Count * mean.Length)
            throw new ArgumentException($"There are {vectors.Length} values; {vocabulary.Count} tokens of {mean.Length} dimensions need {vocabulary.Count * mean.Length}.", nameof(vectors));
        if (queryWeights.Length != vocabulary.Count)
            throw new ArgumentException($"There are {queryWeights.Length} query weights for {vocabulary.Count} tokens.", nameof(queryWeights));
        ArgumentOutOfRangeException.ThrowIfNotEqual(titleCount, Math.Clamp(titleCount, 1, ModelLayout.MostTitles));

        var texts = Enumerable.Range(0, vocabulary.Count).Select(token => Encoding.UTF8.GetBytes(vocabulary[token].ToString())).ToArray();
        var textLength = texts.Sum(text => text.Length);
        var rows = (int)ModelLayout.RowsOffset(mean.Length, vocabulary.Count, textLength);
        var file = new byte[rows + vectors.Length];
        ModelLayout.Magic.CopyTo(file);
        var header = MemoryMarshal.Cast<byte, uint>(file.AsSpan(8, ModelLayout.ChecksumOffset - 8));
        (header[0], header[1], header[2]) = (ModelLayout.Version, (uint)mean.Length, (uint)vocabulary.Count);
        (header[3], header[4], header[5]) = (BitConverter.SingleToUInt32Bits(frequencyExponent), (uint)textLength, (uint)titleCount);

        MemoryMarshal.AsBytes(mean).CopyTo(file.AsSpan(ModelLayout.HeaderLength));
        var scales = MemoryMarshal.Cast<byte, Half>(file.AsSpan(ModelLayout.HeaderLength + (mean.Length * sizeof(float)), vocabulary.Count * 2));
        var weights = ModelLayout.HeaderLength + (mean.Length * sizeof(float)) + (vocabulary.Count * 2);
        for (var token = 0; token < queryWeights.Length; token++)
            BinaryPrimitives.WriteHalfLittleEndian(file.AsSpan(weights + (token * 2)), (Half)queryWeights[token]);
        var lengths = weights + (vocabulary.Count * 2);
        var position = lengths + vocabulary.Count;
        for (var token = 0; token < texts.Length; token++)
        {
            file[lengths + token] = (byte)texts[token].Length;
            texts[token].CopyTo(file, position);
            position += texts[token].Length;
            var target = MemoryMarshal.Cast<byte, sbyte>(file.AsSpan(rows + (token * mean.Length), mean.Length));
            scales[token] = Quantize(vectors.Slice(token * mean.Length, mean.Length), target);
        }
        ModelLayout.Checksum(file).CopyTo(file, ModelLayout.ChecksumOffset);
        stream.Write(file);
    }

    private static Half Quantize(ReadOnlySpan<float> vector, Span<sbyte> row)
    {
        var largest = 0f;
        foreach (var value in vector)
            largest = MathF.Max(largest, MathF.Abs(value));
        // Rounded up, so that the largest value still fits a byte after the scale has been rounded to a half float.
        var scale = Half.BitIncrement((Half)(largest / 127));
        for (var i = 0; i < row.Length; i++)
            row[i] = (sbyte)Math.Clamp(MathF.Round(vector[i] / (float)scale), -127, 127);
        return scale;
    }
}
