using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DailyPapers.Lab.Systems;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;

namespace DailyPapers.Numerics.Bench;

/// <summary>One table: a row a size; Compute beside TensorPrimitives and libtorch, timed in the same rounds.</summary>
/// <param name="Log">Log-softmax instead of softmax; TensorPrimitives has none.</param>
/// <param name="Columns">The length of a row; 0 for one row that holds everything.</param>
/// <param name="RowByRow">Compute for each row instead of ComputeRows once.</param>
/// <param name="LibTorchKernels">The instruction set of libtorch's kernels.</param>
/// <param name="Threads">1: one thread each, by the thread's clock. More: that many of ours and libtorch's own choice, by wall time.</param>
/// <param name="Rounds">The most rounds a size gets.</param>
/// <param name="Seconds">Wall time a size gets.</param>
internal sealed record LibraryBench(bool Log, int Columns, bool RowByRow, LibTorchKernels LibTorchKernels, int Threads, int Rounds, double Seconds)
{
    // A single row of powers of two: long enough for its ends not to matter, and in the caches.
    private const int LengthOfProbe = 1 << 15;

    internal void Run<T>(TextWriter output, int[] sizes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (libTorchKernels, times) = LibTorchKernels == LibTorchKernels.Faster
            ? new LibTorchProbe(Log, typeof(T) == typeof(double), Columns == 0 ? LengthOfProbe : Columns).Faster()
            : (LibTorchKernels, "");
        libTorchKernels.Choose();
        TorchNativeLibrary.Prepare();
        var reused = FreedMemory.Keep();
        if (Threads == 1)
            set_num_threads(1);
        using var pinned = Threads == 1 ? PinnedThread.ToLastCore() : null;
        var caches = CpuCaches.Read();
        Line(output, $"{(Log ? "log-softmax" : "softmax")}, {typeof(T).Name}, {(Columns == 0 ? "one row" : $"rows of {Columns}")}{(RowByRow ? ", a call for each" : "")}, {Softmax.BestInstructionSet}");
        Line(output, $"Caches from {caches.Source}: L1 {caches.L1 >> 10} KiB, L2 {caches.L2 >> 10} KiB, L3 {caches.L3 >> 10} KiB");
        Line(output, $"Threads: {Threads} of ours, {get_num_threads()} of libtorch's, one of TensorPrimitives'; {(pinned?.Core is { } core ? $"pinned to core {core}" : "not pinned")}");
        Line(output, $"libtorch's kernels: {libTorchKernels.Description()}{times}.");
        Line(output, $"libtorch allocates its result at every call, {(reused ? "from memory that the process keeps" : "from the system")}; the others write where they are told.");
        Line(output, $"Nanoseconds an element ({(Threads == 1 ? InterleavedTiming.Clock : "wall time")}), median [quartiles]; ratio: median over rounds of the better other's time over Compute's.");
        Line(output, $"{"elements",10}  {"Compute",22} {"TensorPrimitives",22} {"libtorch",22}  {"/Tensor",8} {"/torch",8} {"/best",8} {"rounds",6}");
        // The first size would otherwise be timed while the JIT still replaces code.
        if (sizes.Length > 0)
            Row<T>(TextWriter.Null, Math.Max(1, Columns) * 64);
        var logRatios = new List<double>();
        foreach (var size in sizes.Where(size => Columns == 0 || size >= Columns))
        {
            var elements = Columns == 0 ? size : size / Columns * Columns;
            logRatios.Add(Math.Log(Row<T>(output, elements)));
        }
        if (logRatios.Count > 0)
            Line(output, $"Geometric mean of /best: {Math.Exp(logRatios.Average()):0.00}; smallest {Math.Exp(logRatios.Min()):0.00}");
    }

    private double Row<T>(TextWriter output, int elements)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var input = new NativeBuffer<T>(elements);
        using var result = new NativeBuffer<T>(elements);
        Logits.Fill(input.Span);
        var columns = Columns == 0 ? elements : Columns;
        using var tensor = empty(elements / columns, columns, typeof(T) == typeof(float) ? float32 : float64);
        MemoryMarshal.AsBytes(input.Span).CopyTo(tensor.bytes);
        var kernels = new List<Action>
        {
            () => Ours(input.Span, result.Span, columns),
            () => (Log ? nn.functional.log_softmax(tensor, 1) : nn.functional.softmax(tensor, 1)).Dispose(),
        };
        if (!Log)
            kernels.Add(() => ByTensorPrimitives<T>(input.Span, result.Span, columns));
        var timing = InterleavedTiming.Measure(kernels, Rounds, Seconds, wallTime: Threads > 1);

        var best = Log || timing.Seconds(1).Median <= timing.Seconds(2).Median ? 1 : 2;
        var ratio = timing.Speedup(0, best).Median;
        Line(output, $"{elements,10}  {Time(0),22} {(Log ? "-" : Time(2)),22} {Time(1),22}  {(Log ? "-" : Ratio(2)),8} {Ratio(1),8} {Ratio(best),8} {timing.Rounds,6}");
        return ratio;

        string Ratio(int kernel) => timing.Speedup(0, kernel).Median.ToString("0.00", CultureInfo.InvariantCulture);

        string Time(int kernel)
        {
            var time = timing.Seconds(kernel);
            return string.Create(CultureInfo.InvariantCulture, $"{time.Median * 1e9 / elements:0.0000} [{time.Lower * 1e9 / elements:0.000}, {time.Upper * 1e9 / elements:0.000}]");
        }
    }

    private void Ours<T>(Span<T> input, Span<T> output, int columns)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            OursOfFloats(MemoryMarshal.Cast<T, float>(input), MemoryMarshal.Cast<T, float>(output), columns);
        else
            OursOfDoubles(MemoryMarshal.Cast<T, double>(input), MemoryMarshal.Cast<T, double>(output), columns);
    }

    private void OursOfFloats(Span<float> x, Span<float> y, int columns)
    {
        if (!RowByRow)
        {
            if (Log)
                LogSoftmax.ComputeRows(x, y, columns, Threads);
            else
                Softmax.ComputeRows(x, y, columns, Threads);
            return;
        }
        for (var row = 0; row < x.Length; row += columns)
        {
            if (Log)
                LogSoftmax.Compute(x.Slice(row, columns), y.Slice(row, columns), Threads);
            else
                Softmax.Compute(x.Slice(row, columns), y.Slice(row, columns), Threads);
        }
    }

    private void OursOfDoubles(Span<double> x, Span<double> y, int columns)
    {
        if (!RowByRow)
        {
            if (Log)
                LogSoftmax.ComputeRows(x, y, columns, Threads);
            else
                Softmax.ComputeRows(x, y, columns, Threads);
            return;
        }
        for (var row = 0; row < x.Length; row += columns)
        {
            if (Log)
                LogSoftmax.Compute(x.Slice(row, columns), y.Slice(row, columns), Threads);
            else
                Softmax.Compute(x.Slice(row, columns), y.Slice(row, columns), Threads);
        }
    }

    private static void ByTensorPrimitives<T>(ReadOnlySpan<T> input, Span<T> output, int columns)
        where T : IExponentialFunctions<T>
    {
        for (var row = 0; row < input.Length; row += columns)
            TensorPrimitives.SoftMax(input.Slice(row, columns), output.Slice(row, columns));
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(FormattableString.Invariant(text));
}
