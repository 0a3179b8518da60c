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

    /// <summary>Unit vectors without a corpus: clusters of clusters that share a direction and whose axes differ in spread, as embeddings do.</summary>
    public static float[][] Clustered(int count, int dimensions, Random random)
    {
        var spread = Enumerable.Range(0, dimensions).Select(i => MathF.Pow(1 + i, -0.35f)).ToArray();
        var common = Gaussian();
        var fields = Enumerable.Range(0, 30).Select(_ => Gaussian()).ToArray();
        var topics = Enumerable.Range(0, 1_000).Select(_ => Sum((1, fields[random.Next(fields.Length)]), (1, Gaussian()))).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ =>
            Unit(Sum((0.8f, common), (0.7f, topics[random.Next(topics.Length)]), (1, Gaussian()))))];

        float[] Gaussian() => [.. spread.Select(s => s * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())))];
    }

    public static float[] Unit(float[] vector)
    {
        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }

    private static float[] Sum(params (float Weight, float[] Vector)[] parts)
    {
        var sum = new float[parts[0].Vector.Length];
        foreach (var (weight, vector) in parts)
        {
            for (var i = 0; i < sum.Length; i++)
                sum[i] += weight * vector[i];
        }
        return sum;
    }
}
