namespace DailyPapers.Search.Vectors;

/// <summary>How vectors of a dimension lie in the files.</summary>
internal readonly record struct VectorShape
{
    public const int LeastDimensions = 64;
    public const int MostDimensions = 4096;

    /// <summary>Codes are stored by groups of this many rows; see <see cref="CodeKernel"/>.</summary>
    public const int RowsPerGroup = 64;

    /// <summary>The unit of the checksums.</summary>
    public const int RowsPerBlock = 4096;

    /// <summary>The unit in which files grow and are mapped.</summary>
    public const int RowsPerChunk = 16384;

    /// <exception cref="ArgumentException">The dimension is not a multiple of 8 from 64 to 4096.</exception>
    public VectorShape(int dimensions)
    {
        if (dimensions is < LeastDimensions or > MostDimensions || dimensions % 8 != 0)
            throw new ArgumentException($"An embedding of {dimensions} dimensions cannot be indexed: use a multiple of 8 from {LeastDimensions} to {MostDimensions}.", nameof(dimensions));
        Dimensions = dimensions;
    }

    public int Dimensions { get; }

    /// <summary>The bytes of one bit a component: of a code, and of the vectors' last bits.</summary>
    public int CodeBytes => Dimensions / 8;

    /// <summary>The bytes of a vector in whole steps of the kernels; those beyond the dimensions are zero.</summary>
    public int Stride => (Dimensions + 31) / 32 * 32;

    public int GroupBytes => CodeBytes * RowsPerGroup;

    /// <summary>The largest distance that <see cref="CodeKernel"/> gives.</summary>
    public int LargestDistance => Dimensions / 4 * CodeKernel.LargestEntry;

    public static int GroupsFor(int rows) => (rows + RowsPerGroup - 1) / RowsPerGroup;

    public static int ChunksFor(int rows) => (rows + RowsPerChunk - 1) / RowsPerChunk;
}
