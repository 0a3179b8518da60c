namespace DailyPapers.Search.Vectors;

/// <summary>A query as the kernels take it: rotated, in 16 bits a component, and the tables to compare codes with.</summary>
internal sealed class VectorQuery
{
    private const int LargestComponent = short.MaxValue;

    private VectorQuery(short[] components, float scale, byte[] tables)
    {
        Components = components;
        Scale = scale;
        Tables = tables;
    }

    /// <summary>The components, zero beyond the dimensions.</summary>
    public short[] Components { get; }

    /// <summary>One over the length of <see cref="Components"/>.</summary>
    public float Scale { get; }

    /// <summary>The tables of <see cref="CodeKernel"/>.</summary>
    public byte[] Tables { get; }

    /// <summary>Prepares a query; null when it is all zeros, to which nothing is similar.</summary>
    /// <exception cref="ArgumentException">It has another dimension or is not finite.</exception>
    public static VectorQuery? From(ReadOnlySpan<float> vector, VectorEncoding encoding)
    {
        var shape = encoding.Shape;
        var rotated = new float[shape.Dimensions];
        if (!encoding.TryRotate(vector, rotated))
            return null;

        // 32 bits hold the dot product with any vector: see DotKernel.
        var (largest, sum) = (0f, 0f);
        foreach (var x in rotated)
        {
            largest = Math.Max(largest, Math.Abs(x));
            sum += Math.Abs(x);
        }
        var step = Math.Min(LargestComponent / largest, ((int.MaxValue / sbyte.MaxValue) - shape.Dimensions) / sum);
        var components = new short[shape.Stride];
        var squares = 0L;
        for (var i = 0; i < rotated.Length; i++)
        {
            components[i] = (short)MathF.Round(rotated[i] * step);
            squares += components[i] * components[i];
        }
        var tables = new byte[shape.Dimensions / 4 * CodeKernel.TableSize];
        encoding.Tables(rotated, tables);
        return new VectorQuery(components, (float)(1 / Math.Sqrt(squares)), tables);
    }
}
