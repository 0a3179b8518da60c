using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Softmax and log-softmax of rows longer than a vector that the nearer caches hold, where a pass over memory costs less than a second exponential.</summary>
/// <remarks>
/// <para>Three passes: the maximum; the exponentials, each as high + low, and their sum; their division by the sum. They are the
/// paper's exponentials still, with n kept apart until n_max is known, so that no logit is rounded by the subtraction of the maximum.</para>
/// <para>Each of a block's rows makes a pass before the next pass begins: a pass ends with a chain of operations that wait for each
/// other, which the next row's beginning fills. The loops take one vector at a time: the processor overlaps them anyway, and more constants and
/// vectors in flight than AVX2's 16 registers hold cost a third of the speed.</para>
/// <para>The pass with the exponentials fetches the next block's lines meanwhile. Otherwise a batch beyond the second cache would wait for memory
/// and compute in turns, a third slower.</para>
/// </remarks>
internal static unsafe class ShortRowKernel<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    private const int RowsAtOnce = 8;
    private const int BytesAtOnce = 16 << 10;

    /// <summary>Softmax; <paramref name="pastCaches"/> keeps the results out of the caches, for batches far larger than them.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Softmax(T* x, nint xStride, T* y, nint yStride, nint rows, nint columns, bool pastCaches)
    {
        // Room for the lower parts, and at its end for the higher part of the tail, which y could not hold as a whole vector.
        var room = (columns + 2 * TSimd.Lanes - 1) & -TSimd.Lanes;
        var atOnce = (int)Math.Clamp(Math.Min(rows, BytesAtOnce / (room * sizeof(T))), 1, RowsAtOnce);
        var low = stackalloc T[(int)room * atOnce];
        var high = stackalloc T[pastCaches ? (int)room * atOnce : 0];
        var tail = (int)columns % TSimd.Lanes;
        var block = stackalloc ShortRow<T>[RowsAtOnce];
        for (; rows > 0; rows -= atOnce, x += atOnce * xStride, y += atOnce * yStride)
        {
            var size = (int)Math.Min(atOnce, rows);
            FindExponents(block, size, x, xStride, y, yStride, columns);
            for (var i = 0; i < size; i++)
            {
                var higher = pastCaches ? high + i * room : block[i].Y;
                StoreExponentials(block + i, higher, low + i * room, columns, x + (atOnce + i) * xStride, pastCaches ? higher : higher + atOnce * yStride);
            }
            for (var i = 0; i < size; i++)
                block[i].Invert();
            for (var i = 0; i < size; i++)
            {
                if (pastCaches)
                    MultiplyPastCaches(block + i, high + i * room, low + i * room, columns - tail);
                else
                    Multiply(block + i, low + i * room, columns - tail);
            }
            if (tail > 0)
                MultiplyTails(block, size, low + (columns - tail), room, columns - tail, tail);
        }
        // Stores past the caches are ordered after nothing: other threads must see them once this returns.
        if (pastCaches)
            Thread.MemoryBarrier();
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void LogSoftmax(T* x, nint xStride, T* y, nint yStride, nint rows, nint columns)
    {
        var block = stackalloc ShortRow<T>[RowsAtOnce];
        var atOnce = (int)Math.Clamp(BytesAtOnce / (columns * sizeof(T)), 1, RowsAtOnce);
        for (; rows > 0; rows -= atOnce, x += atOnce * xStride, y += atOnce * yStride)
        {
            var size = (int)Math.Min(atOnce, rows);
            FindExponents(block, size, x, xStride, y, yStride, columns);
            for (var i = 0; i < size; i++)
                SumExponentials(block + i, columns, x + (atOnce + i) * xStride, y + (atOnce + i) * yStride);
            for (var i = 0; i < size; i++)
                block[i].TakeLogarithm();
            for (var i = 0; i < size; i++)
                RowKernel<T, V, TSimd>.Subtract(block[i].X, block[i].Y, columns, block[i].High, block[i].Low, pastCaches: false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FindExponents(ShortRow<T>* block, int size, T* x, nint xStride, T* y, nint yStride, nint columns)
    {
        for (var row = block; row < block + size; row++, x += xStride, y += yStride)
        {
            row->X = x;
            row->Y = y;
            ShortExp<T, V, TSimd>.SetExponent(row, SoftmaxKernel<T, V, TSimd>.Max(x, columns), columns);
        }
    }

    /// <summary>The exponential of x, added to sum + c (Dekker's fast two-sum: the sum starts above any term).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Accumulate(V x, V nMax, ref V sum, ref V c, out V low)
    {
        var high = ShortExp<T, V, TSimd>.Exponential(x, nMax, out low);
        var total = TSimd.Add(sum, high);
        c = TSimd.Add(c, TSimd.Add(low, TSimd.Subtract(high, TSimd.Subtract(total, sum))));
        sum = total;
        return high;
    }

    // Log-softmax's bound, which is one on max(|y|, 1), allows the sum the rounding of its terms.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(V x, V nMax, ref V sum, ref V c)
    {
        var term = ShortExp<T, V, TSimd>.Exponential(x, nMax, out _);
        var total = TSimd.Add(sum, term);
        c = TSimd.Add(c, TSimd.Subtract(term, TSimd.Subtract(total, sum)));
        sum = total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetSum(ShortRow<T>* row, V sum, V c) =>
        row->Sum = TSimd.SumAcross(TSimd.Subtract(sum, TSimd.Broadcast(TSimd.SumStart)), c, out row->SumRest);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreExponentials(ShortRow<T>* row, T* high, T* low, nint count, T* nextX, T* nextHigh)
    {
        var x = row->X;
        var nMax = TSimd.Broadcast(row->Exponent);
        var sum = TSimd.Broadcast(TSimd.SumStart);
        V c = default;
        nint i = 0;
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            Prefetch.Line(nextX + i);
            Prefetch.Line(nextHigh + i);
            TSimd.Store(high + i, Accumulate(TSimd.Load(x + i), nMax, ref sum, ref c, out var lower));
            TSimd.Store(low + i, lower);
        }
        if (i < count)
        {
            TSimd.Store(low + i + TSimd.Lanes, Accumulate(TSimd.LoadTail(x + i, (int)(count - i)), nMax, ref sum, ref c, out var lower));
            TSimd.Store(low + i, lower);
        }
        SetSum(row, sum, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumExponentials(ShortRow<T>* row, nint count, T* nextX, T* nextY)
    {
        var x = row->X;
        var nMax = TSimd.Broadcast(row->Exponent);
        var sum = TSimd.Broadcast(TSimd.SumStart);
        V c = default;
        nint i = 0;
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            Prefetch.Line(nextX + i);
            Prefetch.Line(nextY + i);
            Accumulate(TSimd.Load(x + i), nMax, ref sum, ref c);
        }
        if (i < count)
            Accumulate(TSimd.LoadTail(x + i, (int)(count - i)), nMax, ref sum, ref c);
        SetSum(row, sum, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ShortRow<T>* row, T* low, nint count)
    {
        var y = row->Y;
        V value = TSimd.Broadcast(row->High), rest = TSimd.Broadcast(row->Low);
        nint i = 0;
        for (; i <= count - 4 * TSimd.Lanes; i += 4 * TSimd.Lanes)
        {
            TSimd.Store(y + i, Product(y + i, low + i, value, rest));
            TSimd.Store(y + i + TSimd.Lanes, Product(y + i + TSimd.Lanes, low + i + TSimd.Lanes, value, rest));
            TSimd.Store(y + i + 2 * TSimd.Lanes, Product(y + i + 2 * TSimd.Lanes, low + i + 2 * TSimd.Lanes, value, rest));
            TSimd.Store(y + i + 3 * TSimd.Lanes, Product(y + i + 3 * TSimd.Lanes, low + i + 3 * TSimd.Lanes, value, rest));
        }
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(y + i, Product(y + i, low + i, value, rest));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPastCaches(ShortRow<T>* row, T* high, T* low, nint count)
    {
        var y = row->Y;
        V value = TSimd.Broadcast(row->High), rest = TSimd.Broadcast(row->Low);
        var i = RowKernel<T, V, TSimd>.ToAlignment(y);
        if (i >= 0)
        {
            TSimd.StoreTail(y, Product(high, low, value, rest), (int)i);
            for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
                TSimd.StoreNonTemporal(y + i, Product(high + i, low + i, value, rest));
        }
        i = Math.Max(i, 0);
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(y + i, Product(high + i, low + i, value, rest));
        if (i < count)
            TSimd.StoreTail(y + i, Product(high + i, low + i, value, rest), (int)(count - i));
    }

    /// <summary>The rows' last elements, after all the rest: the processor takes a masked store for one of a whole vector, and the next row's loads wait for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTails(ShortRow<T>* block, int size, T* low, nint room, nint start, int tail)
    {
        for (var row = block; row < block + size; row++, low += room)
            TSimd.StoreTail(row->Y + start, Product(low + TSimd.Lanes, low, TSimd.Broadcast(row->High), TSimd.Broadcast(row->Low)), tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Product(T* high, T* low, V value, V rest) => ShortExp<T, V, TSimd>.Product(TSimd.Load(high), TSimd.Load(low), value, rest);
}
