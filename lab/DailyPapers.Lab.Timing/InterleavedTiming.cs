using System.Diagnostics;

namespace DailyPapers.Lab.Timing;

/// <summary>
/// Times several kernels side by side: every round runs each of them once, in an order that rotates and turns around from
/// round to round, so that drift of the clock, of other load and of the caches' state falls on all alike.
/// The kernels must do their work on the calling thread, unless wall time is asked for: what is measured is <see cref="Clock"/>.
/// </summary>
public sealed class InterleavedTiming
{
    private readonly double[][] _seconds;

    private InterleavedTiming(double[][] seconds) => _seconds = seconds;

    /// <summary>What is measured, in words: on Linux the thread's processor time, so that other processes' turns don't count.</summary>
    public static string Clock => ThreadClock.Name;

    /// <summary>Count of rounds measured.</summary>
    public int Rounds => _seconds[0].Length;

    /// <summary>Seconds of one run of the kernel at <paramref name="index"/>.</summary>
    public Quartiles Seconds(int index) => Quartiles.Of(_seconds[index]);

    /// <summary>Ratio of two kernels' times within the same round: how many times faster <paramref name="index"/> is than <paramref name="baseline"/>.</summary>
    public Quartiles Speedup(int index, int baseline) => Quartiles.Of(_seconds[baseline].Zip(_seconds[index], (slow, fast) => slow / fast));

    /// <summary>Warms up, then measures until <paramref name="rounds"/> are done or <paramref name="seconds"/> have passed (after three rounds at least).</summary>
    /// <param name="kernels">The kernels; each call is one run.</param>
    /// <param name="rounds">The most rounds to measure.</param>
    /// <param name="seconds">Wall time to spend on the rounds; warming up comes on top.</param>
    /// <param name="shortest">A measurement repeats a kernel until it lasts this long, so that the clock's resolution doesn't matter.</param>
    /// <param name="window">Warming up goes in windows of this many seconds; the default outlasts the tiered JIT's delay.</param>
    /// <param name="wallTime">Measure wall time instead, for kernels that work on several threads.</param>
    /// <param name="cancellationToken">Checked between runs.</param>
    /// <exception cref="ArgumentException">There are no kernels, or no rounds.</exception>
    public static InterleavedTiming Measure(
        IReadOnlyList<Action> kernels, int rounds, double seconds, double shortest = 0.0002, double window = 0.15, bool wallTime = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        if (kernels.Count == 0)
            throw new ArgumentException("Give at least one kernel to time.", nameof(kernels));
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);

        Func<double> clock = wallTime ? ThreadClock.WallSeconds : ThreadClock.Seconds;
        int[] repeats = [.. kernels.Select(kernel => (int)Math.Clamp(Math.Ceiling(shortest / WarmUp(kernel, window, clock, cancellationToken)), 1, 10_000))];
        var samples = kernels.Select(_ => new List<double>(rounds)).ToArray();
        var spent = Stopwatch.StartNew();
        for (var round = 0; round < rounds && (round < 3 || spent.Elapsed.TotalSeconds < seconds); round++)
        {
            foreach (var index in Order(kernels.Count, round))
            {
                cancellationToken.ThrowIfCancellationRequested();
                samples[index].Add(Run(kernels[index], repeats[index], clock));
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

    // The tiered JIT replaces code in the background after 30 calls and 100 ms without new methods: runs go on until they
    // have stopped getting faster. A kernel that takes longer than a window is called twice.
    private static double WarmUp(Action kernel, double window, Func<double> seconds, CancellationToken cancellationToken)
    {
        var best = double.PositiveInfinity;
        for (var windows = 1; ; windows++)
        {
            var clock = Stopwatch.StartNew();
            var before = best;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                best = Math.Min(best, Run(kernel, 1, seconds));
            }
            while (clock.Elapsed.TotalSeconds < window);
            if (windows >= 20 || (best > 0.95 * before && (windows >= 3 || best > window)))
                return Math.Max(best, 1e-9);
        }
    }

    private static double Run(Action kernel, int repeats, Func<double> seconds)
    {
        var start = seconds();
        for (var i = 0; i < repeats; i++)
            kernel();
        return (seconds() - start) / repeats;
    }
}
