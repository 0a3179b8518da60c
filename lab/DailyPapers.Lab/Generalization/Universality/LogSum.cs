namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>ln Σ exp, without overflow.</summary>
public static class LogSum
{
    /// <summary>ln Σ_i exp(a_i); −∞ for an empty list or one of −∞ only.</summary>
    public static double Exp(ReadOnlySpan<double> logarithms)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in logarithms)
            largest = Math.Max(largest, value);
        if (double.IsInfinity(largest))
            return largest;
        var sum = 0.0;
        foreach (var value in logarithms)
            sum += Math.Exp(value - largest);
        return largest + Math.Log(sum);
    }
}
