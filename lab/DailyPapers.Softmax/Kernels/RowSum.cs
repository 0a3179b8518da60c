using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>
/// Σ exp(x_i) of a row or of a part of it, as (High + Low) · 2^Exponent: as <see cref="ExtendedExponential"/>, with the mantissa in
/// two doubles, because a row of doubles needs its sum to better than a double.
/// </summary>
internal readonly record struct RowSum(double High, double Low, double Exponent)
{
    /// <summary>The sum of no terms.</summary>
    internal static RowSum Zero { get; } = new(0, 0, double.NegativeInfinity);

    /// <summary>a + b = sum + lost, exactly (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double TwoSum(double a, double b, out double lost)
    {
        var sum = a + b;
        var bThere = sum - a;
        lost = a - (sum - bThere) + (b - bThere);
        return sum;
    }

    public static RowSum operator +(RowSum left, RowSum right)
    {
        var n = Math.Max(left.Exponent, right.Exponent);
        if (!double.IsFinite(n))
            return new(left.High + right.High, 0, n);
        int down = ToInt(left.Exponent - n), downRight = ToInt(right.Exponent - n);
        var high = TwoSum(Math.ScaleB(left.High, down), Math.ScaleB(right.High, downRight), out var lost);
        return new(high, lost + (Math.ScaleB(left.Low, down) + Math.ScaleB(right.Low, downRight)), n);
    }

    /// <summary>The sum as 2^n · e^(high + low) with |high| ≤ ln 2 / 2, high a multiple of 1 / <paramref name="grid"/>, a power of two.</summary>
    internal double SplitLog(double grid, out double high, out double low)
    {
        // High is a normal number, at least √½ of the largest term's power of two: its bits are quicker to take apart than by Math.ScaleB.
        var bits = BitConverter.DoubleToInt64Bits(High);
        var exponent = (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | (1023L << 52));
        if (m > 1.4142135623730951)
        {
            m /= 2;
            exponent++;
        }
        var log = Math.Log(m);
        high = Math.Round(log * grid) * (1 / grid);
        low = log - high;
        if (Low != 0)
            low += Low / High;
        return Exponent + exponent;
    }


    /// <summary>The logarithm of the sum, log-sum-exp, as high + low, low at most half a unit in the last place of high.</summary>
    internal double Log(out double low)
    {
        // The products with the first two parts of ln 2 are exact, so only the logarithm's own rounding is left.
        var high = TwoSum(Exponent * DoubleExp.Ln2Head, Math.Log(High), out var lost);
        high = TwoSum(high, Exponent * DoubleExp.Ln2Middle, out var lostToo);
        return TwoSum(high, lost + lostToo + Exponent * DoubleExp.Ln2Tail + Low / High, out low);
    }

    // Beyond 2200 binary orders every double is 0 anyway.
    private static int ToInt(double n) => (int)Math.Max(n, -2200);
}
