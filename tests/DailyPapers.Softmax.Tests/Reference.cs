namespace DailyPapers.Numerics.Tests;

/// <summary>Softmax by its definition in double precision, and the distance from it.</summary>
internal static class Reference
{
    internal static double[] Softmax(ReadOnlySpan<float> x)
    {
        var wide = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
            wide[i] = x[i];
        return Softmax(wide);
    }

    internal static double[] Softmax(ReadOnlySpan<double> x)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in x)
            largest = Math.Max(largest, value);
        var y = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
            y[i] = Math.Exp(x[i] - largest);
        // From the smallest up, so that the reference's own rounding stays far below a float's.
        var sum = y.Order().Sum();
        for (var i = 0; i < y.Length; i++)
            y[i] /= sum;
        return y;
    }

    /// <summary>|actual − expected| in units of the last place of a float at expected; a float below 2^−126 may also be 0.</summary>
    internal static double Ulps(float actual, double expected)
    {
        const double smallestNormal = 1.1754943508222875e-38;
        if (expected < smallestNormal)
            return actual >= 0 && actual <= smallestNormal * (1 + 1e-6) ? 0 : double.PositiveInfinity;
        return Math.Abs(actual - expected) / Math.ScaleB(1, Math.ILogB(expected) - 23);
    }

    internal static double WorstUlps(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected)
    {
        var worst = 0d;
        for (var i = 0; i < actual.Length; i++)
        {
            var ulps = Ulps(actual[i], expected[i]);
            worst = double.IsNaN(ulps) ? double.PositiveInfinity : Math.Max(worst, ulps);
        }
        return worst;
    }
}
