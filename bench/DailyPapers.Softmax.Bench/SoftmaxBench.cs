using System.Globalization;
using System.Numerics.Tensors;
using DailyPapers.Lab.Timing;

namespace DailyPapers.Numerics.Bench;

/// <summary>One table: a row a size, the kernels of an instruction set side by side, ratios from the same rounds.</summary>
internal static class SoftmaxBench
{
    internal static void Run(TextWriter output, int[] sizes, SoftmaxInstructionSet[] sets, int rounds, double seconds, bool pin)
    {
        var caches = CpuCaches.Read();
        using var thread = pin ? PinnedThread.ToLastCore() : null;
        Line(output, $"Caches from {caches.Source}: L1 {caches.L1 >> 10} KiB, L2 {caches.L2 >> 10} KiB, L3 {caches.L3 >> 10} KiB");
        Line(output, $"Thread: {(thread?.Core is { } core ? $"pinned to core {core}" : "not pinned")}; at most {rounds} interleaved rounds or {seconds} s a size");
        Line(output, $"Times: nanoseconds an element ({InterleavedTiming.Clock}), median [quartiles]. Ratios: median of the same rounds' time over two-pass's; above 1, two-pass is faster.");
        foreach (var set in sets)
        {
            if (!Softmax.IsSupported(set))
            {
                Line(output, $"{Environment.NewLine}{set}: left out, this process lacks it.");
                continue;
            }
            Line(output, $"{Environment.NewLine}{set}");
            Line(output, $"{"elements",10} {"bytes/L3",8}  {"two-pass",22} {"recompute",22} {"reload",22} {"TensorPrimitives",22}  {"/recomp",7} {"/reload",7} {"/better",7} {"/Tensor",7} {"rounds",6}");
            foreach (var size in sizes)
                Line(output, Row(size, set, caches, rounds, seconds));
        }
    }

    private static string Row(int size, SoftmaxInstructionSet set, CpuCaches caches, int rounds, double seconds)
    {
        using var input = new NativeBuffer<float>(size);
        using var result = new NativeBuffer<float>(size);
        Logits.Fill(input.Span);
        var timing = InterleavedTiming.Measure(
            [
                () => Softmax.TwoPass(input.Span, result.Span, set),
                () => Softmax.ThreePassRecompute(input.Span, result.Span, set),
                () => Softmax.ThreePassReload(input.Span, result.Span, set),
                () => TensorPrimitives.SoftMax(input.Span, result.Span),
            ],
            rounds, seconds);
        var better = timing.Seconds(1).Median <= timing.Seconds(2).Median ? 1 : 2;
        var share = caches.L3 > 0 ? (size * (double)sizeof(float) / caches.L3).ToString("0.000", CultureInfo.InvariantCulture) : "?";
        return string.Create(CultureInfo.InvariantCulture,
            $"{size,10} {share,8}  {Time(0),22} {Time(1),22} {Time(2),22} {Time(3),22}  {timing.Speedup(0, 1).Median,7:0.000} {timing.Speedup(0, 2).Median,7:0.000} {timing.Speedup(0, better).Median,7:0.000} {timing.Speedup(0, 3).Median,7:0.000} {timing.Rounds,6}");

        string Time(int kernel)
        {
            var time = timing.Seconds(kernel);
            return string.Create(CultureInfo.InvariantCulture, $"{time.Median * 1e9 / size:0.0000} [{time.Lower * 1e9 / size:0.000}, {time.Upper * 1e9 / size:0.000}]");
        }
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(FormattableString.Invariant(text));

    private static void Line(TextWriter output, string text) => output.WriteLine(text);
}
