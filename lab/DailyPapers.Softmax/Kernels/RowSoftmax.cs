using System.Numerics;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Softmax and log-softmax of one long row on one thread, for any input.</summary>
internal static unsafe class RowSoftmax<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Writes exp(x_i) / Σ exp(x_j).</summary>
    internal static void Softmax(RowKernels<T> kernels, T* x, T* y, nint count, bool pastCaches)
    {
        if (TrySum(kernels, ref x, y, count, out var sum))
            kernels.Normalise(x, y, count, sum, pastCaches);
    }

    /// <summary>Writes x_i − ln Σ exp(x_j).</summary>
    internal static void LogSoftmax(RowKernels<T> kernels, T* x, T* y, nint count, bool pastCaches)
    {
        if (TrySum(kernels, ref x, y, count, out var sum))
        {
            var (high, low) = SplitLog(sum);
            kernels.Subtract(x, y, count, high, low, pastCaches);
        }
    }

    /// <summary>The log-sum-exp in two elements, the second below the rounding of the first.</summary>
    internal static (T High, T Low) SplitLog(RowSum sum)
    {
        var log = sum.Log(out var lost);
        var high = T.CreateTruncating(log);
        return (high, T.CreateTruncating(log - double.CreateTruncating(high) + lost));
    }

    /// <summary>
    /// Sums the exponentials of a row. Where the inputs are too large for that, the row less its maximum is written to y, x becomes y,
    /// and the sum is that row's. Where there is no sum, y becomes NaN and the result is false.
    /// </summary>
    /// <remarks>x − max is exact wherever it matters: beyond the limit of the argument's reduction, whatever is not within a factor of two of the maximum has vanished.</remarks>
    internal static bool TrySum(RowKernels<T> kernels, ref T* x, T* y, nint count, out RowSum sum)
    {
        sum = kernels.Sum(x, count);
        if (kernels.IsWithinLimits(sum))
            return true;
        var largest = kernels.Max(x, count);
        if (T.IsFinite(largest))
        {
            kernels.Subtract(x, y, count, largest, T.Zero, false);
            x = y;
            sum = kernels.Sum(x, count);
            if (kernels.IsWithinLimits(sum))
                return true;
        }
        new Span<T>(y, checked((int)count)).Fill(T.NaN);
        return false;
    }
}
