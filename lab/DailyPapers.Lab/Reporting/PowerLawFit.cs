namespace DailyPapers.Lab.Reporting;

/// <summary>y = A x^B by least squares in the logarithms.</summary>
/// <param name="Prefactor">A.</param>
/// <param name="Exponent">B.</param>
/// <param name="RSquared">R², the share of the variance of ln y that the line explains.</param>
public sealed record PowerLawFit(double Prefactor, double Exponent, double RSquared)
{
    /// <summary>Fits the law to positive points.</summary>
    /// <exception cref="ArgumentException">There are fewer than three points, a value is not positive, or all x are equal.</exception>
    public static PowerLawFit Fit(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        if (xs.Count != ys.Count || xs.Count < 3)
            throw new ArgumentException($"A power law needs at least three points; there are {xs.Count} and {ys.Count} values.", nameof(ys));
        if (xs.Concat(ys).Any(value => !(value > 0) || !double.IsFinite(value)))
            throw new ArgumentException("A power law is fitted to positive, finite values.", nameof(ys));
        double[] u = [.. xs.Select(x => Math.Log(x))], v = [.. ys.Select(y => Math.Log(y))];
        double meanU = u.Average(), meanV = v.Average();
        double uu = u.Sum(value => (value - meanU) * (value - meanU)), vv = v.Sum(value => (value - meanV) * (value - meanV));
        var uv = u.Zip(v, (a, b) => (a - meanU) * (b - meanV)).Sum();
        if (uu == 0)
            throw new ArgumentException("A power law needs points at different x.", nameof(xs));
        var slope = uv / uu;
        // A constant is a power law without variance to explain.
        return new(Math.Exp(meanV - slope * meanU), slope, vv == 0 ? 1 : uv * uv / (uu * vv));
    }
}
