using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>The logarithm in double precision, to no more digits than floats ask for.</summary>
internal static class Logarithm
{
    /// <summary>ln(m · 2^exponent) for a normal number m &gt; 0 and |exponent| &lt; 2^17, within 10^−11.</summary>
    /// <remarks>ln m = 2 artanh(s), s = (m − 1) / (m + 1), as a series: |s| ≤ 0.172 for m in [√½, √2], and the first term left out is 2 s^15 / 15.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ToFloatsPrecision(double m, double exponent)
    {
        var bits = BitConverter.DoubleToInt64Bits(m);
        // The exponent that leaves a mantissa from √½: √½'s own bits are subtracted, so that the field counts from there.
        const long sqrtHalf = 0x3FE6A09E667F3BCD;
        var n = (bits - sqrtHalf) >> 52;
        m = BitConverter.Int64BitsToDouble(bits - (n << 52));
        var s = (m - 1) / (m + 1);
        var s2 = s * s;
        var series = 2d / 13 * s2 + 2d / 11;
        series = series * s2 + 2d / 9;
        series = series * s2 + 2d / 7;
        series = series * s2 + 2d / 5;
        series = series * s2 + 2d / 3;
        series = series * s2 + 2d;
        return (exponent + n) * DoubleExp.Ln2High + series * s;
    }
}
