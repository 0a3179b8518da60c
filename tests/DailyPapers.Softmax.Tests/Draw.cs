namespace DailyPapers.Numerics.Tests;

/// <summary>Seeded inputs.</summary>
internal static class Draw
{
    internal static float[] Uniform(int count, float lower, float upper, int seed)
    {
        var random = new Random(seed);
        var x = new float[count];
        foreach (ref var value in x.AsSpan())
            value = (float)(lower + (upper - (double)lower) * random.NextDouble());
        return x;
    }

    internal static float[] Normal(int count, double deviation, int seed)
    {
        var random = new Random(seed);
        var x = new float[count];
        foreach (ref var value in x.AsSpan())
            value = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()));
        return x;
    }
}
