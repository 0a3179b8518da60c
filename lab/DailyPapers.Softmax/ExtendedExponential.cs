using DailyPapers.Numerics.Kernels;

namespace DailyPapers.Numerics;

/// <summary>
/// A non-negative number m · 2^n with the exponent n kept apart, so that exp(x) neither overflows nor underflows
/// (section 4 of "The Two-Pass Softmax Algorithm", Dukhan and Ablavatski 2020).
/// </summary>
/// <remarks>
/// Both parts are doubles: a sum over billions of terms then loses nothing beyond what the kernels' lanes lost.
/// Addition is commutative, and associative up to rounding, so partial sums may be combined in any order.
/// </remarks>
/// <param name="Mantissa">m: in [√½, √2] for a single exponential, up to the count of terms for a sum.</param>
/// <param name="Exponent">n: an integer; for a sum, the largest n among its terms; −∞ for zero.</param>
public readonly record struct ExtendedExponential(double Mantissa, double Exponent)
{
    /// <summary>The empty sum: 0 · 2^−∞.</summary>
    public static ExtendedExponential Zero { get; } = new(0, double.NegativeInfinity);

    /// <summary>exp(<paramref name="x"/>) as m · 2^n, m in [√½, √2], for any finite x.</summary>
    /// <remarks>exp(−∞) is <see cref="Zero"/>; exp(+∞) has mantissa +∞; NaN has a NaN mantissa. n is exact while |x| is below 10^15.</remarks>
    public static ExtendedExponential Exp(double x)
    {
        if (double.IsNegativeInfinity(x))
            return Zero;
        if (!double.IsFinite(x))
            return new(x, 0);
        var n = Math.Round(x * DoubleExp.Log2E);
        var t = Math.FusedMultiplyAdd(-n, DoubleExp.Ln2Low, Math.FusedMultiplyAdd(-n, DoubleExp.Ln2High, x));
        return new(Math.Exp(t), n);
    }

    /// <summary>Adds two numbers at the larger of their exponents; a part 2^1100 times smaller vanishes.</summary>
    public static ExtendedExponential operator +(ExtendedExponential left, ExtendedExponential right)
    {
        var n = Math.Max(left.Exponent, right.Exponent);
        if (double.IsInfinity(n) || double.IsNaN(n))
            return new(left.Mantissa + right.Mantissa, n);
        return new(Scale(left.Mantissa, left.Exponent - n) + Scale(right.Mantissa, right.Exponent - n), n);
    }

    /// <summary>The same as the operator +.</summary>
    public static ExtendedExponential Add(ExtendedExponential left, ExtendedExponential right) => left + right;

    /// <summary>m · 2^n as a double: +∞ or 0 where a double cannot hold it.</summary>
    public double ToDouble() => double.IsNegativeInfinity(Exponent) ? Mantissa : Scale(Mantissa, Exponent);

    /// <summary>ln(m · 2^n) = ln m + n ln 2: for a sum of exponentials, its log-sum-exp.</summary>
    public double Log() => double.IsNegativeInfinity(Exponent)
        ? Math.Log(Mantissa)
        : Math.FusedMultiplyAdd(Exponent, DoubleExp.Ln2High, Math.FusedMultiplyAdd(Exponent, DoubleExp.Ln2Low, Math.Log(Mantissa)));

    // Beyond 2200 binary orders every double is 0 or +∞ anyway, and Math.ScaleB takes an int.
    private static double Scale(double m, double n) => Math.ScaleB(m, (int)Math.Clamp(n, -2200, 2200));
}
