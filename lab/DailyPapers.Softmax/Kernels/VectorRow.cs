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

    /// <summary>The exponent of rows of so many lanes each, in every lane; false where a row's largest logit is out of the limits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryExponent(V largest, int lanes, out V exponent)
    {
        var n = TSimd.NearestExponent(Max(largest, lanes));
        exponent = TSimd.Subtract(n, TSimd.Broadcast(TSimd.Lift));
        return !TSimd.AnyGreater(TSimd.Broadcast(TSimd.SmallestSum), n) && !TSimd.AnyGreater(n, TSimd.Broadcast(TSimd.LargestSum));
    }

    /// <summary>
    /// high + low as whole + rest: a whole number of units that add up without rounding, and a rest so small that its rounding doesn't matter.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Split(V high, V low, out V whole)
    {
        var start = TSimd.Broadcast(TSimd.SumStart);
        whole = TSimd.Subtract(TSimd.Add(start, high), start);
        return TSimd.Add(TSimd.Subtract(high, whole), low);
    }

    /// <summary>The reciprocal of the rows' sums as value · (1 + missing), in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Reciprocal(V whole, V rest, int lanes, out V missing)
    {
        whole = Sum(whole, lanes);
        rest = Sum(rest, lanes);
        var value = TSimd.Divide(TSimd.Broadcast(T.One), TSimd.Add(whole, rest));
        missing = TSimd.Subtract(TSimd.OneMinusProduct(value, whole), TSimd.Multiply(value, rest));
        return value;
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
    internal static V Sum(V value, int lanes)
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
