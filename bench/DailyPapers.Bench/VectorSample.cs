namespace DailyPapers.Bench;

/// <summary>
/// Many vectors from few: row n is base vector n mod B turned away by noise that depends on n alone, so that any row can be
/// made again and none need be kept.
/// </summary>
/// <param name="bases">Unit vectors.</param>
/// <param name="noise">The noise's length relative to a base vector's.</param>
internal sealed class VectorSample(float[][] bases, float noise)
{
    public int Dimensions => bases[0].Length;

    /// <summary>Makes the unit vector of a row.</summary>
    public void Make(int row, Span<float> vector)
    {
        var from = bases[row % bases.Length];
        var amplitude = noise * MathF.Sqrt(3f / vector.Length);
        var state = ((ulong)row + 1) * 0x9E3779B97F4A7C15;
        var squares = 0f;
        for (var i = 0; i < vector.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            vector[i] = from[i] + (row < bases.Length ? 0 : amplitude * (((int)(state >> 32)) * (1f / int.MaxValue)));
            squares += vector[i] * vector[i];
        }
        var scale = 1 / MathF.Sqrt(squares);
        for (var i = 0; i < vector.Length; i++)
            vector[i] *= scale;
    }
}
