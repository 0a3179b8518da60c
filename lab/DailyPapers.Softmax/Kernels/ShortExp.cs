using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>The steps of the short rows' kernels on one vector.</summary>
/// <remarks>
/// What they leave of error, in units of 2^−24 (single precision): 0.62 for an exponential as high + low, from the rounding of the
/// argument and of the polynomial and from its own error; as much for the sum; and half a unit in the last place at the end. With y's
/// mantissa below 2 that is at most 2 · 0.62 + 0.5 units in the last place.
/// </remarks>
internal static unsafe class ShortExp<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    /// <summary>
    /// Sets the row's exponent from its largest logit. Where that is out of the limits, the row less that logit is written to y, and the passes go on from there.
    /// </summary>
    /// <remarks>A row that has no distribution passes: its sum becomes NaN, 0 or +∞.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SetExponent(ShortRow<T>* row, T largest, nint count)
    {
        var n = TSimd.First(TSimd.NearestExponent(TSimd.Broadcast(largest)));
        row->Exponent = n - TSimd.Lift;
        if (!(n >= TSimd.SmallestSum && n <= TSimd.LargestSum))
            Shift(row, largest, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Shift(ShortRow<T>* row, T largest, nint count)
    {
        row->Exponent = -TSimd.Lift;
        if (!T.IsFinite(largest))
            return;
        RowKernel<T, V, TSimd>.Subtract(row->X, row->Y, count, largest, T.Zero, pastCaches: false);
        row->X = row->Y;
    }

    // #region short-exponential
    /// <summary>exp(x) · 2^−exponent = high + low.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Exponential(V x, V exponent, out V low)
    {
        x = TSimd.Max(TSimd.Broadcast(-TSimd.Limit), x);
        var n = TSimd.NearestExponent(x);
        var t = TSimd.ReduceArgument(x, n);
        var slope = TSimd.SlopeOfExp(t);
        var power = TSimd.PowerOfTwo(TSimd.Subtract(n, exponent));
        t = TSimd.Multiply(t, power);
        var high = TSimd.MultiplyAdd(slope, t, power);
        low = TSimd.MultiplyAdd(slope, t, TSimd.Subtract(power, high));
        return high;
    }

    /// <summary>(high + low) / sum, for the sum's reciprocal as value · (1 + rest).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Product(V high, V low, V value, V rest)
    {
        var missing = TSimd.Multiply(TSimd.MultiplyAdd(high, rest, low), value);
        // A result just below 1 may round to the number above 1, which is two units in the last place away.
        return TSimd.Min(TSimd.Broadcast(T.One), TSimd.MultiplyAdd(high, value, missing));
    }
    // #endregion short-exponential
}
