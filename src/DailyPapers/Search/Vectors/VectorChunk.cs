namespace DailyPapers.Search.Vectors;

/// <summary>Where <see cref="VectorShape.RowsPerChunk"/> rows are mapped.</summary>
internal readonly unsafe struct VectorChunk(byte* codes, sbyte* vectors, byte* lastBits, float* scales, long* paperIds)
{
    /// <summary>(groups, code bytes, 64).</summary>
    public readonly byte* Codes = codes;

    /// <summary>(rows, stride).</summary>
    public readonly sbyte* Vectors = vectors;

    /// <summary>(rows, code bytes).</summary>
    public readonly byte* LastBits = lastBits;

    /// <summary>What a row's components are multiplied by to have length one (rows).</summary>
    public readonly float* Scales = scales;

    /// <summary>(rows).</summary>
    public readonly long* PaperIds = paperIds;
}
