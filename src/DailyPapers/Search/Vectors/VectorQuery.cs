namespace DailyPapers.Search.Vectors;

/// <summary>A query as the kernels take it: rotated, in 16 bits a component, and the tables to compare codes with.</summary>
internal sealed class VectorQuery
{
    private const int LargestComponent = short.MaxValue;
    private const int ValuesOfFourBits = 16;

    private VectorQuery(short[] components, float scale, byte[] tables)
    {
        Components = components;
        Scale = scale;
        Tables = tables;
        LargestSumOfLastBits = components.Sum(component => Math.Max(0, (int)component));
        LastBitSums = SumsOfFour(components, tables.Length);
    }

    /// <summary>The components, zero beyond the dimensions.</summary>
    public short[] Components { get; }

    /// <summary>One over the length of <see cref="Components"/>.</summary>
    public float Scale { get; }

    /// <summary>The tables of <see cref="CodeKernel"/>.</summary>
    public byte[] Tables { get; }

    /// <summary>The most that a vector's last bits add to a dot product.</summary>
    public int LargestSumOfLastBits { get; }

    /// <summary>What each value of four last bits adds to a dot product (dimensions / 4, 16).</summary>
    public int[] LastBitSums { get; }

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
        var step = Math.Min(LargestComponent / largest, ((int.MaxValue / (VectorEncoding.LargestComponent + 1)) - shape.Dimensions) / sum);
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

    private static int[] SumsOfFour(short[] components, int length)
    {
        var sums = new int[length];
        for (var i = 0; i < length; i++)
        {
            var (four, value) = Math.DivRem(i, ValuesOfFourBits);
            for (var bit = 0; bit < 4; bit++)
                sums[i] += (value >> bit & 1) * components[(4 * four) + bit];
        }
        return sums;
    }
}
