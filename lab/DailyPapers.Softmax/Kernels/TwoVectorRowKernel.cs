using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Softmax of rows that two vectors hold: as <see cref="VectorRowKernel{T, V, TSimd}"/>.</summary>
internal static unsafe class TwoVectorRowKernel<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    internal static void Softmax(T* x, nint xStride, T* y, nint yStride, nint rows, nint columns)
    {
        while (rows > 0)
        {
            var done = SoftmaxWithinLimits(x, xStride, y, yStride, rows, columns);
            if (done == 0)
            {
                SoftmaxOutOfLimits(x, y, columns);
                done = 1;
            }
            x += done * xStride;
            y += done * yStride;
            rows -= done;
        }
    }

    /// <summary>Softmax of rows until one's largest logit is out of the limits; returns how many came before it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint SoftmaxWithinLimits(T* x, nint xStride, T* y, nint yStride, nint rows, nint columns)
    {
        nint row = 0;
        for (; row < rows && TrySoftmax(x, y, columns); row++)
        {
            x += xStride;
            y += yStride;
        }
        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySoftmax(T* x, T* y, nint columns)
    {
        V x0 = TSimd.Load(x), x1 = VectorRow<T, V, TSimd>.Load(x + TSimd.Lanes, columns - TSimd.Lanes);
        if (!VectorRow<T, V, TSimd>.TryExponent(TSimd.Max(x1, TSimd.Max(x0, TSimd.Broadcast(T.NegativeInfinity))), TSimd.Lanes, out var exponent))
            return false;
        var high0 = ShortExp<T, V, TSimd>.Exponential(x0, exponent, out var low0);
        var high1 = ShortExp<T, V, TSimd>.Exponential(x1, exponent, out var low1);
        var rest = VectorRow<T, V, TSimd>.Split(high0, low0, out var whole0);
        rest = TSimd.Add(rest, VectorRow<T, V, TSimd>.Split(high1, low1, out var whole1));
        var value = VectorRow<T, V, TSimd>.Reciprocal(TSimd.Add(whole0, whole1), rest, TSimd.Lanes, out var missing);
        TSimd.Store(y, ShortExp<T, V, TSimd>.Product(high0, low0, value, missing));
        VectorRow<T, V, TSimd>.Store(y + TSimd.Lanes, ShortExp<T, V, TSimd>.Product(high1, low1, value, missing), columns - TSimd.Lanes);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SoftmaxOutOfLimits(T* x, T* y, nint columns)
    {
        if (VectorRow<T, V, TSimd>.TryShift(x, y, columns))
            SoftmaxWithinLimits(y, columns, y, columns, 1, columns);
        else
            new Span<T>(y, (int)columns).Fill(T.NaN);
    }
}
