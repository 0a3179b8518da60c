using System.Runtime.InteropServices;

namespace DailyPapers.Search.Vectors;

/// <summary>Some rows as the files hold them, codes not yet interleaved.</summary>
internal sealed class EncodedRows(VectorShape shape, int capacity)
{
    private readonly byte[] _codes = new byte[capacity * shape.CodeBytes];
    private readonly sbyte[] _vectors = new sbyte[capacity * shape.Stride];
    private readonly byte[] _lastBits = new byte[capacity * shape.CodeBytes];
    private readonly float[] _scales = new float[capacity];
    private readonly long[] _paperIds = new long[capacity];
    private readonly ulong[] _textHashes = new ulong[capacity];
    private readonly float[] _rotated = new float[shape.Dimensions];

    public int Count { get; private set; }

    public bool IsFull => Count == _paperIds.Length;

    public ReadOnlySpan<byte> Vectors => MemoryMarshal.AsBytes(_vectors.AsSpan(0, Count * shape.Stride));

    public ReadOnlySpan<byte> LastBits => _lastBits.AsSpan(0, Count * shape.CodeBytes);

    public ReadOnlySpan<byte> Scales => MemoryMarshal.AsBytes(_scales.AsSpan(0, Count));

    public ReadOnlySpan<byte> PaperIds => MemoryMarshal.AsBytes(_paperIds.AsSpan(0, Count));

    public ReadOnlySpan<byte> TextHashes => MemoryMarshal.AsBytes(_textHashes.AsSpan(0, Count));

    public ReadOnlySpan<byte> CodeOf(int index) => _codes.AsSpan(index * shape.CodeBytes, shape.CodeBytes);

    public long PaperIdOf(int index) => _paperIds[index];

    public void Clear() => Count = 0;

    /// <summary>Adds an embedding, which is not all zeros.</summary>
    public void Add(long paperId, ulong textHash, ReadOnlySpan<float> vector, VectorEncoding encoding)
    {
        encoding.TryRotate(vector, _rotated);
        var components = _vectors.AsSpan(Count * shape.Stride, shape.Stride);
        var lastBits = _lastBits.AsSpan(Count * shape.CodeBytes, shape.CodeBytes);
        _scales[Count] = VectorEncoding.Quantize(_rotated, components, lastBits);
        Finish(paperId, textHash, components, lastBits, encoding);
    }

    /// <summary>Adds a stored row; only its code is computed, for another centre.</summary>
    public void Add(long paperId, ulong textHash, ReadOnlySpan<sbyte> storedComponents, ReadOnlySpan<byte> storedLastBits, float scale, VectorEncoding encoding)
    {
        var components = _vectors.AsSpan(Count * shape.Stride, shape.Stride);
        var lastBits = _lastBits.AsSpan(Count * shape.CodeBytes, shape.CodeBytes);
        storedComponents.CopyTo(components);
        storedLastBits.CopyTo(lastBits);
        _scales[Count] = scale;
        Finish(paperId, textHash, components, lastBits, encoding);
    }

    // The code is of what is stored, so that a rewriting gives the same one.
    private void Finish(long paperId, ulong textHash, ReadOnlySpan<sbyte> components, ReadOnlySpan<byte> lastBits, VectorEncoding encoding)
    {
        VectorEncoding.Dequantize(components, lastBits, _scales[Count], _rotated);
        encoding.Code(_rotated, _codes.AsSpan(Count * shape.CodeBytes, shape.CodeBytes));
        _textHashes[Count] = textHash;
        _paperIds[Count++] = paperId;
    }
}
