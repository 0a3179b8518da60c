using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>A row, or several, in one vector, each in lanes of its own whose count is a power of two.</summary>
internal static unsafe class VectorRow<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Load(T* x, nint count) => count == TSimd.Lanes ? TSimd.Load(x) : TSimd.LoadTail(x, (int)count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(T* y, V value, nint count)
    {
        if (count == TSimd.Lanes)
            TSimd.Store(y, value);
        else
            TSimd.StoreTail(y, value, (int)count);
    }

    /// <summary>
    /// The exponentials and their sum, over 2^exponent; every lane of a row gets its row's exponent, and its sum as sum + rest. False where
    /// a row's largest logit is out of the limits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TrySum(V x, int lanes, out V exponent, out V high, out V low, out V sum, out V rest)
    {
        // A NaN in the first operand may be passed over; it surfaces in the sum.
        var n = TSimd.NearestExponent(Max(TSimd.Max(x, TSimd.Broadcast(T.NegativeInfinity)), lanes));
        exponent = TSimd.Subtract(n, TSimd.Broadcast(TSimd.Lift));
        high = ShortExp<T, V, TSimd>.Exponential(x, exponent, out low);
        // Whole units of the start's last place add up without rounding; what is left of the terms is so small that its rounding doesn't matter.
        var start = TSimd.Broadcast(TSimd.SumStart);
        var whole = TSimd.Subtract(TSimd.Add(start, high), start);
        sum = Sum(whole, lanes);
        rest = Sum(TSimd.Add(TSimd.Subtract(high, whole), low), lanes);
        return !TSimd.AnyGreater(TSimd.Broadcast(TSimd.SmallestSum), n) && !TSimd.AnyGreater(n, TSimd.Broadcast(TSimd.LargestSum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Max(V value, int lanes)
    {
        value = TSimd.Max(value, TSimd.Exchange(value, 1));
        if (lanes > 2)
            value = TSimd.Max(value, TSimd.Exchange(value, 2));
        if (lanes > 4)
            value = TSimd.Max(value, TSimd.Exchange(value, 4));
        if (lanes > 8)
            value = TSimd.Max(value, TSimd.Exchange(value, 8));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum(V value, int lanes)
    {
        value = TSimd.Add(value, TSimd.Exchange(value, 1));
        if (lanes > 2)
            value = TSimd.Add(value, TSimd.Exchange(value, 2));
        if (lanes > 4)
            value = TSimd.Add(value, TSimd.Exchange(value, 4));
        if (lanes > 8)
            value = TSimd.Add(value, TSimd.Exchange(value, 8));
        return value;
    }

    /// <summary>Where x has a largest logit, writes the row less that to y, whose own is then within the limits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryShift(T* x, T* y, nint columns)
    {
        var largest = SoftmaxKernel<T, V, TSimd>.Max(x, columns);
        if (T.IsFinite(largest))
            RowKernel<T, V, TSimd>.Subtract(x, y, columns, largest, T.Zero, pastCaches: false);
        return T.IsFinite(largest);
    }
}
