using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>
/// The kernels behind <see cref="Softmax.Compute(ReadOnlySpan{float}, Span{float}, int, SoftmaxInstructionSet)"/> and
/// <see cref="LogSoftmax"/> for long rows: the paper's two passes, arranged so that the result is within 2 units in the last place.
/// </summary>
/// <remarks>
/// <para>Three things cost the plain algorithm its last bits, and each is taken away. The sum loses nothing beyond the error of its
/// terms (<see cref="AddExactly"/>). The division is not a multiplication by a rounded 1/m_sum: y = exp(x − l) · 2^(n − n_sum) with
/// l = ln m_sum, where l enters the argument's reduction before anything is rounded. The polynomial has one degree more.</para>
/// <para>What is left, in units of 2^−24 (single precision): 1.25 for the sum, if a single term makes it up, for its exponential was
/// rounded; 0.55 for the second exponential's argument and inner rounding; and half a unit in the last place at the very end. With y's
/// mantissa below 2 that is at most 1.25 + 0.5 units in the last place where t is 0 and (1.25 + 0.55)/√2 + 0.5 where it is largest.</para>
/// </remarks>
internal static unsafe class RowKernel<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    // Multiples of 1 / Grid, the last bit of ln 2's leading part, can be subtracted from a reduced argument exactly.
    private static double Grid => typeof(T) == typeof(float) ? 1 << 24 : 1L << 53;

    /// <summary>Whether a sum is one that <see cref="Normalise"/> may use; otherwise inputs were clamped, too large, or not numbers.</summary>
    internal static bool IsWithinLimits(RowSum sum) =>
        sum.Exponent >= double.CreateChecked(TSimd.SmallestSum) && sum.Exponent <= double.CreateChecked(TSimd.LargestSum) && double.IsFinite(sum.High);

    // #region accurate-accumulate
    /// <summary>
    /// Adds exp(x0) + ... + exp(x3) to sum + c, at the exponent n. The sum starts from 2, so that it is larger than any term (all at
    /// most √2) and three operations recover what an addition lost (Dekker's fast two-sum).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref V sum, ref V c, ref V n, V x0, V x1, V x2, V x3)
    {
        var m0 = Exp(x0, out var n0);
        var m1 = Exp(x1, out var n1);
        var m2 = Exp(x2, out var n2);
        var m3 = Exp(x3, out var n3);
        var nMax = TSimd.Max(TSimd.Max(n0, n1), TSimd.Max(n2, n3));
        if (TSimd.AnyGreater(nMax, n))
            Rebase(ref sum, ref c, ref n, nMax);
        AddExactly(ref sum, ref c, TSimd.ScaleDown(m0, TSimd.Subtract(n0, n)));
        AddExactly(ref sum, ref c, TSimd.ScaleDown(m1, TSimd.Subtract(n1, n)));
        AddExactly(ref sum, ref c, TSimd.ScaleDown(m2, TSimd.Subtract(n2, n)));
        AddExactly(ref sum, ref c, TSimd.ScaleDown(m3, TSimd.Subtract(n3, n)));
    }
    // #endregion accurate-accumulate

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref V sum, ref V c, ref V n, V x)
    {
        var m = Exp(x, out var nx);
        if (TSimd.AnyGreater(nx, n))
            Rebase(ref sum, ref c, ref n, nx);
        AddExactly(ref sum, ref c, TSimd.ScaleDown(m, TSimd.Subtract(nx, n)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddExactly(ref V sum, ref V c, V term)
    {
        var total = TSimd.Add(sum, term);
        c = TSimd.Add(c, TSimd.Subtract(term, TSimd.Subtract(total, sum)));
        sum = total;
    }

    /// <summary>Moves the lanes whose n is below <paramref name="nMax"/> up to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rebase(ref V sum, ref V c, ref V n, V nMax)
    {
        var two = TSimd.Broadcast(T.CreateChecked(2));
        var up = TSimd.Max(nMax, n);
        var down = TSimd.Subtract(n, up);
        var scaled = TSimd.ScaleDown(TSimd.Subtract(sum, two), down);
        var total = TSimd.Add(scaled, two);
        // The larger of the two may be either: Knuth's two-sum.
        var twoThere = TSimd.Subtract(total, scaled);
        var lost = TSimd.Add(TSimd.Subtract(scaled, TSimd.Subtract(total, twoThere)), TSimd.Subtract(two, twoThere));
        c = TSimd.Add(TSimd.ScaleDown(c, down), lost);
        sum = total;
        n = up;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exp(V x, out V n)
    {
        x = TSimd.Max(TSimd.Broadcast(-TSimd.Limit), x);
        n = TSimd.NearestExponent(x);
        return ExpOfReduced(TSimd.ReduceArgument(x, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfReduced(V t) => TSimd.MultiplyAdd(TSimd.SlopeOfExp(t), t, TSimd.Broadcast(T.One));

    /// <summary>The first pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static RowSum Sum(T* x, nint count)
    {
        V c0 = default, c1 = default;
        var sum0 = TSimd.Broadcast(T.CreateChecked(2));
        var sum1 = sum0;
        var n0 = TSimd.Broadcast(-TSimd.LargestSum);
        var n1 = n0;
        nint i = 0;
        for (; i <= count - 8 * TSimd.Lanes; i += 8 * TSimd.Lanes)
        {
            Accumulate(ref sum0, ref c0, ref n0, TSimd.Load(x + i), TSimd.Load(x + i + TSimd.Lanes),
                TSimd.Load(x + i + 2 * TSimd.Lanes), TSimd.Load(x + i + 3 * TSimd.Lanes));
            Accumulate(ref sum1, ref c1, ref n1, TSimd.Load(x + i + 4 * TSimd.Lanes), TSimd.Load(x + i + 5 * TSimd.Lanes),
                TSimd.Load(x + i + 6 * TSimd.Lanes), TSimd.Load(x + i + 7 * TSimd.Lanes));
        }
        if (i <= count - 4 * TSimd.Lanes)
        {
            Accumulate(ref sum0, ref c0, ref n0, TSimd.Load(x + i), TSimd.Load(x + i + TSimd.Lanes),
                TSimd.Load(x + i + 2 * TSimd.Lanes), TSimd.Load(x + i + 3 * TSimd.Lanes));
            i += 4 * TSimd.Lanes;
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            Accumulate(ref sum0, ref c0, ref n0, TSimd.Load(x + i));
        if (i < count)
            Accumulate(ref sum1, ref c1, ref n1, TSimd.LoadTail(x + i, (int)(count - i)));

        var two = TSimd.Broadcast(T.CreateChecked(2));
        sum0 = TSimd.Subtract(sum0, two);
        sum1 = TSimd.Subtract(sum1, two);
        var exponent = TSimd.MaxAcross(TSimd.Max(n0, n1));
        var n = TSimd.Broadcast(exponent);
        V down0 = TSimd.Subtract(n0, n), down1 = TSimd.Subtract(n1, n);
        var high0 = TSimd.SumAcross(TSimd.ScaleDown(sum0, down0), TSimd.ScaleDown(c0, down0), out var rest0);
        var high1 = TSimd.SumAcross(TSimd.ScaleDown(sum1, down1), TSimd.ScaleDown(c1, down1), out var rest1);
        var high = RowSum.TwoSum(high0, high1, out var lost);
        return typeof(T) == typeof(float) ? new(high, 0, double.CreateTruncating(exponent)) : new(high, lost + (rest0 + rest1), double.CreateTruncating(exponent));
    }

    // #region accurate-normalise
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Normalised(V x, V logHigh, V logLow, V nSum)
    {
        x = TSimd.Max(TSimd.Broadcast(-TSimd.Limit), x);
        var n = TSimd.NearestExponent(TSimd.Subtract(x, logHigh));
        var t = TSimd.Add(
            TSimd.Subtract(TSimd.ReduceExactly(x, n), logHigh),
            TSimd.MultiplyAdd(n, TSimd.Broadcast(-TSimd.Ln2Last), logLow));
        var y = TSimd.ScaleDown(ExpOfReduced(t), TSimd.Subtract(n, nSum));
        // A result just below 1 may round to the number above 1, which is two units in the last place away.
        return TSimd.Min(TSimd.Broadcast(T.One), y);
    }
    // #endregion accurate-normalise

    /// <summary>The second pass; <paramref name="pastCaches"/> keeps the result out of the caches, for rows far larger than them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Normalise(T* x, T* y, nint count, RowSum sum, bool pastCaches)
    {
        var exponent = TSimd.Broadcast(T.CreateTruncating(sum.SplitLog(Grid, out var log, out var lost)));
        var high = TSimd.Broadcast(T.CreateTruncating(log));
        var low = TSimd.Broadcast(T.CreateTruncating(-lost));
        nint i = 0;
        if (pastCaches && (i = ToAlignment(y)) >= 0)
        {
            var head = (int)i;
            TSimd.StoreTail(y, Normalised(TSimd.LoadTail(x, head), high, low, exponent), head);
            for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
            {
                var y0 = Normalised(TSimd.Load(x + i), high, low, exponent);
                var y1 = Normalised(TSimd.Load(x + i + TSimd.Lanes), high, low, exponent);
                var y2 = Normalised(TSimd.Load(x + i + 2 * TSimd.Lanes), high, low, exponent);
                var y3 = Normalised(TSimd.Load(x + i + 3 * TSimd.Lanes), high, low, exponent);
                TSimd.StoreNonTemporal(y + i, y0);
                TSimd.StoreNonTemporal(y + i + TSimd.Lanes, y1);
                TSimd.StoreNonTemporal(y + i + 2 * TSimd.Lanes, y2);
                TSimd.StoreNonTemporal(y + i + 3 * TSimd.Lanes, y3);
            }
            // Such stores are ordered after nothing: other threads must see them once this returns.
            Thread.MemoryBarrier();
        }
        else
        {
            i = 0;
        }
        for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
        {
            var y0 = Normalised(TSimd.Load(x + i), high, low, exponent);
            var y1 = Normalised(TSimd.Load(x + i + TSimd.Lanes), high, low, exponent);
            var y2 = Normalised(TSimd.Load(x + i + 2 * TSimd.Lanes), high, low, exponent);
            var y3 = Normalised(TSimd.Load(x + i + 3 * TSimd.Lanes), high, low, exponent);
            TSimd.Store(y + i, y0);
            TSimd.Store(y + i + TSimd.Lanes, y1);
            TSimd.Store(y + i + 2 * TSimd.Lanes, y2);
            TSimd.Store(y + i + 3 * TSimd.Lanes, y3);
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(y + i, Normalised(TSimd.Load(x + i), high, low, exponent));
        if (i < count)
        {
            var tail = (int)(count - i);
            TSimd.StoreTail(y + i, Normalised(TSimd.LoadTail(x + i, tail), high, low, exponent), tail);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Difference(V x, V high, V low) => TSimd.Min(default, TSimd.Subtract(TSimd.Subtract(x, high), low));

    /// <summary>Writes x − high − low, which is at most 0 but for rounding; a NaN stays one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Subtract(T* x, T* y, nint count, T highPart, T lowPart, bool pastCaches)
    {
        var high = TSimd.Broadcast(highPart);
        var low = TSimd.Broadcast(lowPart);
        nint i = 0;
        if (pastCaches && (i = ToAlignment(y)) >= 0)
        {
            var head = (int)i;
            TSimd.StoreTail(y, Difference(TSimd.LoadTail(x, head), high, low), head);
            for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
            {
                TSimd.StoreNonTemporal(y + i, Difference(TSimd.Load(x + i), high, low));
                TSimd.StoreNonTemporal(y + i + TSimd.Lanes, Difference(TSimd.Load(x + i + TSimd.Lanes), high, low));
                TSimd.StoreNonTemporal(y + i + 2 * TSimd.Lanes, Difference(TSimd.Load(x + i + 2 * TSimd.Lanes), high, low));
                TSimd.StoreNonTemporal(y + i + 3 * TSimd.Lanes, Difference(TSimd.Load(x + i + 3 * TSimd.Lanes), high, low));
            }
            Thread.MemoryBarrier();
        }
        else
        {
            i = 0;
        }
        for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
        {
            TSimd.Store(y + i, Difference(TSimd.Load(x + i), high, low));
            TSimd.Store(y + i + TSimd.Lanes, Difference(TSimd.Load(x + i + TSimd.Lanes), high, low));
            TSimd.Store(y + i + 2 * TSimd.Lanes, Difference(TSimd.Load(x + i + 2 * TSimd.Lanes), high, low));
            TSimd.Store(y + i + 3 * TSimd.Lanes, Difference(TSimd.Load(x + i + 3 * TSimd.Lanes), high, low));
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(y + i, Difference(TSimd.Load(x + i), high, low));
        if (i < count)
        {
            var tail = (int)(count - i);
            TSimd.StoreTail(y + i, Difference(TSimd.LoadTail(x + i, tail), high, low), tail);
        }
    }

    // Elements up to the next address that non-temporal stores may go to; negative when there is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint ToAlignment(T* y)
    {
        var bytes = (nint)(-(nint)y & (sizeof(T) * TSimd.Lanes - 1));
        return bytes % sizeof(T) == 0 ? bytes / sizeof(T) : -1;
    }
}
