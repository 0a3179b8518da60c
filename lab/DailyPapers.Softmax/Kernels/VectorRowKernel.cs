using System.Numerics;
using System.Runtime.CompilerServices;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Softmax of rows that one vector holds, or half or a quarter of one: from the logits to the result in registers.</summary>
/// <remarks>
/// Rows that lie one after another share a vector (<see cref="PackedRows{T, V, TSimd}"/>). A row's operations are the same wherever it stands: what a
/// vector that it has to itself adds to them are zeros.
/// </remarks>
internal static unsafe class VectorRowKernel<T, V, TSimd>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct
    where TSimd : struct, ISimd<T, V>
{
    internal static void Softmax(T* x, nint xStride, T* y, nint yStride, nint rows, nint columns)
    {
        var together = rows > 1 && xStride == columns && yStride == columns ? PackedRows<T, V, TSimd>.InAVector(columns) : 1;
        while (rows > 0)
        {
            var done = together > 1 && rows >= together ? SoftmaxPacked(x, y, rows, columns, together) : 0;
            if (done == 0)
                done = SoftmaxSingly(x, xStride, y, yStride, Math.Min(rows, together > 1 ? together : rows), columns);
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
    /// <remarks>The loops call nothing, so that their constants stay in registers.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint SoftmaxSingly(T* x, nint xStride, T* y, nint yStride, nint rows, nint columns)
    {
        nint row = 0;
        for (; row < rows && TrySoftmax(VectorRow<T, V, TSimd>.Load(x, columns), TSimd.Lanes, out var result); row++)
        {
            VectorRow<T, V, TSimd>.Store(y, result, columns);
            x += xStride;
            y += yStride;
        }
        return row;
    }

    /// <summary>As <see cref="SoftmaxSingly"/>, for as many whole vectors of rows as there are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint SoftmaxPacked(T* x, T* y, nint rows, nint columns, nint together)
    {
        var lanes = TSimd.Lanes / (int)together;
        var count = together * columns;
        var spread = PackedRows<T, V, TSimd>.Spread(columns);
        var gathered = PackedRows<T, V, TSimd>.Gathered(columns);
        nint row = 0;
        for (; row <= rows - together && TrySoftmax(TSimd.Permute(VectorRow<T, V, TSimd>.Load(x, count), spread), lanes, out var result); row += together)
        {
            VectorRow<T, V, TSimd>.Store(y, TSimd.Permute(result, gathered), count);
            x += count;
            y += count;
        }
        return row;
    }

    /// <summary>Softmax of rows of so many lanes each; false where a row's largest logit is out of the limits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySoftmax(V x, int lanes, out V result)
    {
        result = default;
        // A NaN in the first operand may be passed over; it surfaces in the sum.
        if (!VectorRow<T, V, TSimd>.TryExponent(TSimd.Max(x, TSimd.Broadcast(T.NegativeInfinity)), lanes, out var exponent))
            return false;
        var high = ShortExp<T, V, TSimd>.Exponential(x, exponent, out var low);
        var rest = VectorRow<T, V, TSimd>.Split(high, low, out var whole);
        var value = VectorRow<T, V, TSimd>.Reciprocal(whole, rest, lanes, out var missing);
        result = ShortExp<T, V, TSimd>.Product(high, low, value, missing);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SoftmaxOutOfLimits(T* x, T* y, nint columns)
    {
        if (VectorRow<T, V, TSimd>.TryShift(x, y, columns))
            SoftmaxSingly(y, columns, y, columns, 1, columns);
        else
            new Span<T>(y, (int)columns).Fill(T.NaN);
    }
}
