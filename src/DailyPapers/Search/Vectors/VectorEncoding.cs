namespace DailyPapers.Search.Vectors;

/// <summary>
/// Turns embeddings into what is stored: the unit vector, rotated, in nine bits a component, the last apart from the first
/// eight, which decide most comparisons; and a code of one bit a component that says on which side of the centre it lies.
/// </summary>
/// <param name="shape">The dimensions.</param>
/// <param name="center">
/// The mean of the rotated vectors. Embeddings of one corpus share a direction, and codes relative to the origin would spend
/// their bits on saying so.
/// </param>
internal sealed class VectorEncoding(VectorShape shape, float[] center)
{
    /// <summary>The largest magnitude of a component in nine bits.</summary>
    public const int LargestComponent = 255;

    private readonly Rotation _rotation = new(shape.Dimensions);

    public VectorShape Shape { get; } = shape;

    public float[] Center { get; } = center;

    /// <summary>Scales to length one and rotates; false when all components are zero.</summary>
    /// <exception cref="ArgumentException">The vector has another dimension or is not finite.</exception>
    public bool TryRotate(ReadOnlySpan<float> vector, Span<float> rotated)
    {
        if (vector.Length != Shape.Dimensions)
            throw new ArgumentException($"The vector has {vector.Length} dimensions where the index has {Shape.Dimensions}: embed it with the index's model.", nameof(vector));
        var squares = 0d;
        foreach (var x in vector)
            squares += (double)x * x;
        if (!double.IsFinite(squares))
            throw new ArgumentException("The vector has components that are not finite numbers: the model that made it is at fault.", nameof(vector));
        if (squares == 0)
            return false;
        var scale = 1 / Math.Sqrt(squares);
        for (var i = 0; i < vector.Length; i++)
            rotated[i] = (float)(vector[i] * scale);
        _rotation.Apply(rotated);
        return true;
    }

    /// <summary>Rounds a rotated unit vector to nine bits a component.</summary>
    /// <param name="rotated">The vector.</param>
    /// <param name="components">Receives the first eight bits, zeros beyond the dimensions.</param>
    /// <param name="lastBits">Receives the last bits.</param>
    /// <returns>One over the length of what was rounded, so that the product of both has length one.</returns>
    public static float Quantize(ReadOnlySpan<float> rotated, Span<sbyte> components, Span<byte> lastBits)
    {
        var largest = 0f;
        foreach (var x in rotated)
            largest = Math.Max(largest, Math.Abs(x));
        var step = LargestComponent / largest;
        lastBits.Clear();
        var squares = 0;
        for (var i = 0; i < rotated.Length; i++)
        {
            var component = (int)MathF.Round(rotated[i] * step);
            components[i] = (sbyte)(component >> 1);
            lastBits[i / 8] |= (byte)((component & 1) << (i % 8));
            squares += component * component;
        }
        components[rotated.Length..].Clear();
        return (float)(1 / Math.Sqrt(squares));
    }

    /// <summary>Reads back a rotated unit vector.</summary>
    public static void Dequantize(ReadOnlySpan<sbyte> components, ReadOnlySpan<byte> lastBits, float scale, Span<float> rotated)
    {
        for (var i = 0; i < rotated.Length; i++)
            rotated[i] = ((2 * components[i]) + (lastBits[i / 8] >> (i % 8) & 1)) * scale;
    }

    /// <summary>Sets the bits of the components that lie above the centre's.</summary>
    public void Code(ReadOnlySpan<float> rotated, Span<byte> code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            var bits = 0;
            for (var bit = 0; bit < 8; bit++)
                bits |= rotated[(8 * i) + bit] > Center[(8 * i) + bit] ? 1 << bit : 0;
            code[i] = (byte)bits;
        }
    }

    /// <summary>
    /// Makes the tables of <see cref="CodeKernel"/>: a bit that says the other side of the centre than the query's component
    /// adds the component's distance from the centre.
    /// </summary>
    public void Tables(ReadOnlySpan<float> rotatedQuery, Span<byte> tables)
    {
        Span<float> sums = stackalloc float[CodeKernel.TableSize];
        var largest = 0f;
        for (var first = 0; first < rotatedQuery.Length; first += 4)
        {
            var sum = 0f;
            for (var i = first; i < first + 4; i++)
                sum += Math.Abs(rotatedQuery[i] - Center[i]);
            largest = Math.Max(largest, sum);
        }
        var step = largest > 0 ? CodeKernel.LargestEntry / largest : 0;
        for (var first = 0; first < rotatedQuery.Length; first += 4)
        {
            // A sum for each value of the bits so far, then the next bit doubles them.
            sums[0] = 0;
            for (var bit = 0; bit < 4; bit++)
            {
                var component = rotatedQuery[first + bit] - Center[first + bit];
                var (ifClear, ifSet) = component > 0 ? (component, 0f) : (0f, -component);
                for (var value = 0; value < 1 << bit; value++)
                    (sums[value], sums[value | (1 << bit)]) = (sums[value] + ifClear, sums[value] + ifSet);
            }
            for (var value = 0; value < CodeKernel.TableSize; value++)
                tables[(first / 4 * CodeKernel.TableSize) + value] = (byte)Math.Min(CodeKernel.LargestEntry, MathF.Round(sums[value] * step));
        }
    }

    /// <summary>Turns a rotated vector back in place.</summary>
    public void Unrotate(Span<float> rotated) => _rotation.Invert(rotated);
}
