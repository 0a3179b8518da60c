using System.Numerics;

namespace DailyPapers.Numerics.Kernels;

/// <summary>Rows of a matrix in memory, and the way through them: one row after another, or spread over threads.</summary>
internal readonly unsafe struct RowBatch<T>(T* input, nint inputStride, T* output, nint outputStride, int rows, int columns)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below this a thread costs more than it saves.
    private const long ElementsPerThread = 1 << 15;

    // Input and output far beyond what a core finds in its caches, and rows long enough for the ends not to matter. On the machine
    // where this was measured stores past the caches won from 2^20 floats on; the bound is later, for readers of the result.
    private const long BytesPastCaches = 64L << 20;
    private const long RowBytesPastCaches = 8192;

    // The second-level cache holds such a row with its output and the kernel's own memory, and the stack has room for that. For
    // log-softmax the second pass is a subtraction, and all that the longer rows would gain is lost by the pass for the maximum.
    private const int BytesOfShortRow = 32 << 10;
    private const int BytesOfShortLogRow = 16 << 10;

    private bool PastCaches => input != output && columns * (long)sizeof(T) >= RowBytesPastCaches
        && 2 * (long)rows * columns * sizeof(T) >= BytesPastCaches;

    internal void Softmax(RowKernels<T> kernels, int maxThreads) => Run(kernels, maxThreads, log: false);

    internal void LogSoftmax(RowKernels<T> kernels, int maxThreads) => Run(kernels, maxThreads, log: true);

    private void Run(RowKernels<T> kernels, int maxThreads, bool log)
    {
        var threads = maxThreads == 1 ? 1 : (int)Math.Min(maxThreads, Math.Max(1, (long)rows * columns / ElementsPerThread));
        if (threads == 1)
            RunRows(kernels, 0, rows, log);
        else if (rows >= threads)
            SpreadRows(kernels, threads, log);
        else
            SplitRows(kernels, threads, log);
    }

    private void RunRows(RowKernels<T> kernels, int from, int to, bool log)
    {
        T* x = input + from * inputStride, y = output + from * outputStride;
        if (columns == 0)
            return;
        if (columns == 1)
            RunSingles(x, y, to - from, log ? T.Zero : T.One);
        else if (columns * (long)sizeof(T) > (log ? BytesOfShortLogRow : BytesOfShortRow))
            RunLongRows(kernels, x, y, to - from, log);
        else if (columns <= kernels.Lanes)
            (log ? kernels.VectorLogSoftmax : kernels.VectorSoftmax)(x, inputStride, y, outputStride, to - from, columns);
        else if (log)
            kernels.ShortLogSoftmax(x, inputStride, y, outputStride, to - from, columns);
        else if (columns <= 2 * kernels.Lanes)
            kernels.TwoVectorSoftmax(x, inputStride, y, outputStride, to - from, columns);
        else
            kernels.ShortSoftmax(x, inputStride, y, outputStride, to - from, columns, PastCaches);
    }

    private void RunSingles(T* x, T* y, int count, T result)
    {
        for (var row = 0; row < count; row++)
            y[row * outputStride] = T.IsFinite(x[row * inputStride]) ? result : T.NaN;
    }

    private void RunLongRows(RowKernels<T> kernels, T* x, T* y, int count, bool log)
    {
        var pastCaches = PastCaches;
        for (var row = 0; row < count; row++)
        {
            T* from = x + row * inputStride, to = y + row * outputStride;
            if (log)
                RowSoftmax<T>.LogSoftmax(kernels, from, to, columns, pastCaches);
            else
                RowSoftmax<T>.Softmax(kernels, from, to, columns, pastCaches);
        }
    }

    private void SpreadRows(RowKernels<T> kernels, int threads, bool log)
    {
        var (batch, count) = (this, rows);
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
            batch.RunRows(kernels, (int)((long)count * part / threads), (int)((long)count * (part + 1) / threads), log));
    }

    /// <summary>Fewer rows than threads: each row's passes are split, which sums with their exponents apart allow at no loss.</summary>
    private void SplitRows(RowKernels<T> kernels, int threads, bool log)
    {
        var sums = new RowSum[threads];
        var pastCaches = PastCaches;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var length = columns;
        for (var row = 0; row < rows; row++)
        {
            T* x = input + row * inputStride, y = output + row * outputStride;
            Parallel.For(0, threads, options, part => sums[part] = kernels.Sum(x + Start(part), Start(part + 1) - Start(part)));
            var sum = sums.Aggregate(RowSum.Zero, (total, part) => total + part);
            if (!kernels.IsWithinLimits(sum) && !RowSoftmax<T>.TrySum(kernels, ref x, y, length, out sum))
                continue;
            var shifted = x;
            var (high, low) = log ? RowSoftmax<T>.SplitLog(sum) : default;
            Parallel.For(0, threads, options, part =>
            {
                T* from = shifted + Start(part), to = y + Start(part);
                var count = Start(part + 1) - Start(part);
                if (log)
                    kernels.Subtract(from, to, count, high, low, pastCaches);
                else
                    kernels.Normalise(from, to, count, sum, pastCaches);
            });
        }

        // Parts end where a cache line of a page-aligned row does.
        nint Start(int part) => part == threads ? length : (nint)((long)length * part / threads) & ~(nint)63;
    }
}
