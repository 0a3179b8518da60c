using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Log-softmax of rows that one vector holds.</summary>
/// <remarks>Sixteen rows make a step before the next begins: a step is a chain of operations that wait for each other, and the next row's fill the gaps.</remarks>
internal static unsafe class VectorRowLogKernel<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    private const int RowsAtOnce = 16;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void LogSoftmax(T* x, nint xStride, T* y, nint yStride, nint rows, nint columns)
    {
        var block = stackalloc ShortRow<T>[RowsAtOnce];
        for (; rows > 0; rows -= RowsAtOnce)
        {
            var end = block + Math.Min(RowsAtOnce, rows);
            for (var row = block; row < end; row++, x += xStride, y += yStride)
            {
                row->X = x;
                row->Y = y;
                if (!TrySum(row, columns))
                    SumOutOfLimits(row, columns);
            }
            for (var row = block; row < end; row++)
                row->TakeLogarithm();
            for (var row = block; row < end; row++)
            {
                var result = RowKernel<T, V, TSimd>.Difference(
                    VectorRow<T, V, TSimd>.Load(row->X, columns), TSimd.Broadcast(row->High), TSimd.Broadcast(row->Low));
                VectorRow<T, V, TSimd>.Store(row->Y, result, columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySum(ShortRow<T>* row, nint columns)
    {
        var x = VectorRow<T, V, TSimd>.Load(row->X, columns);
        if (!VectorRow<T, V, TSimd>.TryExponent(TSimd.Max(x, TSimd.Broadcast(T.NegativeInfinity)), TSimd.Lanes, out var exponent))
            return false;
        var high = ShortExp<T, V, TSimd>.Exponential(x, exponent, out var low);
        var rest = VectorRow<T, V, TSimd>.Split(high, low, out var whole);
        row->Exponent = TSimd.First(exponent);
        row->SetSum(TSimd.First(VectorRow<T, V, TSimd>.Sum(whole, TSimd.Lanes)), TSimd.First(VectorRow<T, V, TSimd>.Sum(rest, TSimd.Lanes)));
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SumOutOfLimits(ShortRow<T>* row, nint columns)
    {
        if (VectorRow<T, V, TSimd>.TryShift(row->X, row->Y, columns))
        {
            row->X = row->Y;
            TrySum(row, columns);
        }
        else
        {
            row->Sum = double.NaN;
        }
    }
}
