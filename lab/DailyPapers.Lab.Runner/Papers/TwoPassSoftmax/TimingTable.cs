using DailyPapers.Lab.Timing;
using DailyPapers.Numerics;

namespace DailyPapers.Lab.Runner.Papers.TwoPassSoftmax;

/// <summary>The kernels' times on one row, measured in the same rounds.</summary>
internal sealed class TimingTable
{
    private readonly InterleavedTiming _timing;
    private readonly List<string> _names;
    private readonly int _count;

    private TimingTable(InterleavedTiming timing, List<string> names, int count)
    {
        _timing = timing;
        _names = names;
        _count = count;
    }

    internal IReadOnlyList<string> Names => _names;

    internal static TimingTable Measure(int count, Seed seed, bool libtorch, int rounds, double seconds, CancellationToken cancellationToken)
    {
        using var kernels = new SoftmaxKernels(count, seed, libtorch);
        var all = kernels.All();
        var timing = InterleavedTiming.Measure([.. all.Select(kernel => kernel.Run)], rounds, seconds, cancellationToken: cancellationToken);
        return new(timing, [.. all.Select(kernel => kernel.Name)], count);
    }

    internal double NanosecondsPerElement(string name) => _timing.Seconds(_names.IndexOf(name)).Median * 1e9 / _count;

    /// <summary>How many times faster <paramref name="name"/> is than <paramref name="baseline"/>: the median over rounds.</summary>
    internal double Speedup(string name, string baseline) => _timing.Speedup(_names.IndexOf(name), _names.IndexOf(baseline)).Median;

    // #region speedup
    /// <summary>Two-pass against the better of the two three-pass kernels of the same instruction set.</summary>
    internal double SpeedupOverThreePass(SoftmaxInstructionSet set)
    {
        string recompute = SoftmaxKernels.RecomputeName(set), reload = SoftmaxKernels.ReloadName(set);
        var better = NanosecondsPerElement(recompute) <= NanosecondsPerElement(reload) ? recompute : reload;
        return Speedup(SoftmaxKernels.TwoPassName(set), better);
    }
    // #endregion speedup
}
