using System.Diagnostics;

namespace DailyPapers.Lab.Timing;

/// <summary>
/// Times several kernels side by side: every round runs each of them once, in an order that rotates and turns around from
/// round to round, so that drift of the clock, of other load and of the caches' state falls on all alike.
/// </summary>
public sealed class InterleavedTiming
{
    private readonly double[][] _seconds;

    private InterleavedTiming(double[][] seconds) => _seconds = seconds;

    /// <summary>Count of rounds measured.</summary>
    public int Rounds => _seconds[0].Length;

    /// <summary>Seconds of one run of the kernel at <paramref name="index"/>.</summary>
    public Quartiles Seconds(int index) => Quartiles.Of(_seconds[index]);

    /// <summary>Ratio of two kernels' times within the same round: how many times faster <paramref name="index"/> is than <paramref name="baseline"/>.</summary>
    public Quartiles Speedup(int index, int baseline) => Quartiles.Of(_seconds[baseline].Zip(_seconds[index], (slow, fast) => slow / fast));

    /// <summary>Warms up, then measures until <paramref name="rounds"/> are done or <paramref name="seconds"/> have passed (after three rounds at least).</summary>
    /// <param name="kernels">The kernels; each call is one run.</param>
    /// <param name="rounds">The most rounds to measure.</param>
    /// <param name="seconds">Wall time to spend, warm-up included.</param>
    /// <param name="shortest">A measurement repeats a kernel until it lasts this long, so that the clock's resolution doesn't matter.</param>
    /// <param name="cancellationToken">Checked between runs.</param>
    /// <exception cref="ArgumentException">There are no kernels, or no rounds.</exception>
    public static InterleavedTiming Measure(
        IReadOnlyList<Action> kernels, int rounds, double seconds, double shortest = 0.0002, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        if (kernels.Count == 0)
            throw new ArgumentException("Give at least one kernel to time.", nameof(kernels));
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);

        var clock = Stopwatch.StartNew();
        var repeats = kernels.Select(kernel => WarmUp(kernel, shortest, cancellationToken)).ToArray();
        var samples = kernels.Select(_ => new List<double>(rounds)).ToArray();
        for (var round = 0; round < rounds && (round < 3 || clock.Elapsed.TotalSeconds < seconds); round++)
        {
            foreach (var index in Order(kernels.Count, round))
            {
                cancellationToken.ThrowIfCancellationRequested();
                samples[index].Add(Run(kernels[index], repeats[index]));
            }
        }
        return new([.. samples.Select(sample => sample.ToArray())]);
    }

    /// <summary>The kernels' order in a round: rotated by one every second round, and turned around every other.</summary>
    internal static IEnumerable<int> Order(int count, int round)
    {
        var rotated = Enumerable.Range(0, count).Select(i => (i + round / 2) % count);
        return round % 2 == 0 ? rotated : rotated.Reverse();
    }

    // The tiered JIT replaces code after 30 calls and 100 ms: short kernels get both, long ones (already optimised) two runs.
    private static int WarmUp(Action kernel, double shortest, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var runs = 0;
        while (runs < 2 || clock.Elapsed.TotalSeconds < 0.3)
        {
            cancellationToken.ThrowIfCancellationRequested();
            kernel();
            runs++;
        }
        return Math.Max(1, (int)Math.Ceiling(shortest / Math.Min(Run(kernel, 1), Run(kernel, 1))));
    }

    private static double Run(Action kernel, int repeats)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++)
            kernel();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }
}
