using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;
using DailyPapers.Lab.Timing;
using DailyPapers.Numerics;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.TwoPassSoftmax;

/// <summary>Dukhan and Ablavatski (2020): softmax in two passes over memory, by keeping the exponents apart.</summary>
public sealed class Reproduction : IReproduction
{
    private const long AssumedCache = 64L << 20;

    private static readonly CpuCaches _caches = CpuCaches.Read();

    private static long LastCache => _caches.Largest > 0 ? _caches.Largest : AssumedCache;

    // #region sizes
    // Out of cache: N floats are four times the last cache, as far as an array can be that long.
    private static int OutOfCache => (int)Math.Min(1 << 30, Math.Max(1 << 20, LastCache));

    // In cache: input and output together fill half of the second level (of a megabyte where the machine doesn't tell).
    private static int InCache => (int)((_caches.L2 > 0 ? _caches.L2 : 1 << 20) / 2 / (2 * sizeof(float)));
    // #endregion sizes

    // #region declaration
    /// <inheritdoc/>
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "two-pass-softmax",
        Title = "The Two-Pass Softmax Algorithm",
        ArxivId = "2001.04438",
        Data = "Rows of logits drawn anew for every seed: standard normal for timing (a stretch of 2^20, repeated), uniform for accuracy.",
        Claims =
        [
            new()
            {
                Id = "faster-out-of-cache-avx512",
                Statement = "On a row four times the size of the last cache, one thread with AVX-512 computes softmax in two passes at least 10 % faster than in three.",
                Metric = "speedupOutOfCacheAvx512",
                Unit = "time of the better three-pass kernel / time of two-pass",
                Baseline = "the better of the two three-pass kernels, same polynomial and unrolling",
                Criterion = Criterion.AtLeast(1.10, nullValue: 1),
                PaperFigure = "up to 28 % faster (Skylake-X, out of cache)",
                SmallestScale = OutOfCacheScale("avx512f"),
                MachineDependent = true,
            },
            new()
            {
                Id = "faster-out-of-cache-avx2",
                Statement = "The same with AVX2.",
                Metric = "speedupOutOfCacheAvx2",
                Unit = "time of the better three-pass kernel / time of two-pass",
                Baseline = "the better of the two three-pass kernels, same polynomial and unrolling",
                Criterion = Criterion.AtLeast(1.10, nullValue: 1),
                PaperFigure = "up to 18 % faster (Skylake-X, out of cache)",
                SmallestScale = OutOfCacheScale("avx2", "fma"),
                MachineDependent = true,
            },
            new()
            {
                Id = "advantage-shrinks-in-cache-avx512",
                Statement = "On a row that stays in the second-level cache the advantage shrinks or reverses, with AVX-512.",
                Metric = "speedupInCacheOverOutOfCacheAvx512",
                Unit = "speed-up in cache / speed-up out of cache",
                Baseline = "an advantage that does not depend on the row's size, 1",
                Criterion = Criterion.AtMost(1, nullValue: 1),
                PaperFigure = "in cache three-pass can be as good or better; no number",
                SmallestScale = OutOfCacheScale("avx512f"),
                MachineDependent = true,
            },
            new()
            {
                Id = "advantage-shrinks-in-cache-avx2",
                Statement = "The same with AVX2.",
                Metric = "speedupInCacheOverOutOfCacheAvx2",
                Unit = "speed-up in cache / speed-up out of cache",
                Baseline = "an advantage that does not depend on the row's size, 1",
                Criterion = Criterion.AtMost(1, nullValue: 1),
                PaperFigure = "in cache three-pass can be as good or better; no number",
                SmallestScale = OutOfCacheScale("avx2", "fma"),
                MachineDependent = true,
            },
            new()
            {
                Id = "exp-within-2-ulp",
                Statement = "The exponential inside the kernels, a polynomial of degree 5, is within 2 units in the last place over [-87, 87], on every instruction set.",
                Metric = "expErrorUlp",
                Unit = "units in the last place, worst of the floats tried",
                Baseline = "the best polynomial of degree 4, about 50",
                Criterion = Criterion.AtMost(2, nullValue: 50),
                PaperFigure = "below 2 ulp",
            },
            new()
            {
                Id = "wide-range-sums-to-one",
                Statement = "Logits of up to ±10,000 overflow nowhere: every kernel's outputs sum to 1.",
                Metric = "wideRangeSumError",
                Unit = "|sum - 1|, worst row of the worst kernel",
                Baseline = "a row that vanished or overflowed, 1 or more",
                Criterion = Criterion.AtMost(1e-6, nullValue: 1),
                PaperFigure = "no overflow, by construction; no number",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("sweepFrom", 10, 4, 20, "Smallest row of the sweep, as a power of two."),
            ParameterDeclaration.Whole("sweepTo", 26, 12, 28, "Largest row of the sweep, as a power of two."),
            ParameterDeclaration.Whole("rounds", 41, 3, 1000, "The most interleaved rounds a size gets."),
            ParameterDeclaration.Real("seconds", 1, 0.01, 60, "Seconds that the rounds of a size may take; three rounds are run in any case."),
            ParameterDeclaration.Whole("rows", 2000, 10, 1_000_000, "Rows of the accuracy measurements."),
            ParameterDeclaration.Whole("stride", 23, 1, 1_000_003, "Every stride-th float is tried in exp's error; 1 is exhaustive."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["sweepFrom"] = 12, ["sweepTo"] = 20, ["seconds"] = 0.3, ["rows"] = 100, ["stride"] = 499 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    /// <inheritdoc/>
    public void RunSeed(SeedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        MeasureAccuracy(run);
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            using var pinned = PinnedThread.ToLastCore();
            MeasureTimes(run);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static void MeasureAccuracy(SeedRun run)
    {
        int rows = run.Setting.Whole("rows"), stride = run.Setting.Whole("stride");
        run.Progress(0, "error of exp");
        var offset = run.Seed.Stream("exp").ToRandom().Next(stride);
        var ulps = Accuracy.ExpUlps(stride, offset, run.CancellationToken);
        run.Measure("expErrorUlp", ulps.Max());
        run.Record("expErrorUlpByUnit", ulps);

        run.Progress(0.05, "rows of wide range");
        run.Measure("wideRangeSumError", Accuracy.WideRangeSumError(Math.Max(1, rows / 20), run.Seed.Stream("wide").ToRandom()));
        run.Measure("wideRangeFailuresTensorPrimitives", Accuracy.WideRangeFailures(Accuracy.ByTensorPrimitives, Math.Max(1, rows / 20), run.Seed.Stream("wide").ToRandom()));
        run.Measure("wideRangeFailuresLibtorch", Accuracy.WideRangeFailures(Accuracy.ByLibtorch, Math.Max(1, rows / 20), run.Seed.Stream("wide").ToRandom()));

        run.Progress(0.08, "error of whole rows");
        run.Measure("softmaxErrorUlpTwoPass", Accuracy.SoftmaxUlps(Accuracy.TwoPass, rows, run.Seed.Stream("rows").ToRandom()));
        run.Measure("softmaxErrorUlpThreePass", Accuracy.SoftmaxUlps(Accuracy.ThreePass, rows, run.Seed.Stream("rows").ToRandom()));
        run.Measure("softmaxErrorUlpTensorPrimitives", Accuracy.SoftmaxUlps(Accuracy.ByTensorPrimitives, rows, run.Seed.Stream("rows").ToRandom()));
        run.Measure("softmaxErrorUlpLibtorch", Accuracy.SoftmaxUlps(Accuracy.ByLibtorch, rows, run.Seed.Stream("rows").ToRandom()));
    }

    // #region run
    private static void MeasureTimes(SeedRun run)
    {
        run.Progress(0.1, $"in cache, N = {InCache:N0}");
        var inCache = Measure(run, InCache, libtorch: true);
        MeasureLibraries(run, inCache, "InCache");
        foreach (var set in SoftmaxKernels.Sets)
            run.Measure($"speedupInCache{set}", inCache.SpeedupOverThreePass(set));

        Sweep(run);

        if (OutOfCacheScale().WhatIsMissing(Systems.Machine.Describe(), run.Setting.Mode) is not null)
            return;
        run.Progress(0.7, $"out of cache, N = {OutOfCache:N0}");
        var outOfCache = Measure(run, OutOfCache, libtorch: false);
        run.Record("outOfCacheN", [OutOfCache]);
        foreach (var set in SoftmaxKernels.Sets)
        {
            var speedup = outOfCache.SpeedupOverThreePass(set);
            run.Measure($"speedupOutOfCache{set}", speedup);
            run.Measure($"speedupInCacheOverOutOfCache{set}", inCache.SpeedupOverThreePass(set) / speedup);
            run.Measure($"speedupOutOfCacheOverTensorPrimitives{set}", outOfCache.Speedup(SoftmaxKernels.TwoPassName(set), SoftmaxKernels.TensorPrimitivesName));
            run.Record($"outOfCacheSpeedup {set}", [speedup]);
        }
        foreach (var name in outOfCache.Names)
            run.Record($"outOfCacheNs {name}", [outOfCache.NanosecondsPerElement(name)]);
    }
    // #endregion run

    private static void Sweep(SeedRun run)
    {
        int from = run.Setting.Whole("sweepFrom"), to = Math.Max(from, run.Setting.Whole("sweepTo"));
        // Every second power of two, and the largest row.
        int[] sizes = [.. Enumerable.Range(from, to - from + 1).Where(exponent => (to - exponent) % 2 == 0).Select(exponent => 1 << exponent)];
        var tables = new List<TimingTable>();
        foreach (var size in sizes)
        {
            run.Progress(0.15 + 0.55 * tables.Count / sizes.Length, $"sweep, N = {size:N0}");
            tables.Add(Measure(run, size, libtorch: true));
        }
        run.Record("n", sizes.Select(size => (double)size));
        foreach (var name in tables[0].Names)
            run.Record($"ns {name}", tables.Select(table => table.NanosecondsPerElement(name)));
        foreach (var set in SoftmaxKernels.Sets)
            run.Record($"speedup {set}", tables.Select(table => table.SpeedupOverThreePass(set)));
        MeasureLibraries(run, tables[^1], "LargestOfSweep");
    }

    private static void MeasureLibraries(SeedRun run, TimingTable table, string where)
    {
        if (SoftmaxKernels.Sets.Count == 0)
            return;
        var twoPass = SoftmaxKernels.TwoPassName(SoftmaxKernels.Sets[0]);
        run.Measure($"speedup{where}OverTensorPrimitives", table.Speedup(twoPass, SoftmaxKernels.TensorPrimitivesName));
        run.Measure($"speedup{where}OverLibtorch", table.Speedup(twoPass, SoftmaxKernels.LibtorchName));
    }

    private static TimingTable Measure(SeedRun run, int count, bool libtorch) => TimingTable.Measure(
        count, run.Seed.Stream($"logits {count}"), libtorch, run.Setting.Whole("rounds"),
        // Eight kernels on a row that takes a second need more than a small row's time for a quartile to mean anything.
        run.Setting.Real("seconds") * Math.Max(1, count / (double)(1 << 25)), run.CancellationToken);

    private static ScaleRequirement OutOfCacheScale(params string[] simd) => new()
    {
        Description = "a row of floats four times the size of the last cache, and its softmax, in memory",
        // Row and softmax are eight times the last cache; half as much again is left for everything else.
        MemoryPerLastCache = 12,
        Simd = simd,
        FullModeOnly = true,
    };

    /// <inheritdoc/>
    public void Draw(FigureSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        DrawSpeedup(sheet);
        DrawTimes(sheet);
        DrawError(sheet);
    }

    private static void DrawSpeedup(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("elements N", Logarithmic: true), "time of the better three-pass / time of two-pass");
        foreach (var set in SoftmaxKernels.Sets)
        {
            var (n, runs) = WithOutOfCache(sheet, $"speedup {set}", $"outOfCacheSpeedup {set}");
            chart.LineWithBand(n, Means(runs), Reduce(runs, Enumerable.Min), Reduce(runs, Enumerable.Max), set == SoftmaxInstructionSet.Avx512 ? "AVX-512" : "AVX2");
        }
        chart.HorizontalRule(1, "equal");
        chart.HorizontalRule(1.1, "claim: 10 % faster");
        if (_caches.L1 > 0)
            chart.VerticalRule(_caches.L1 / (2.0 * sizeof(float)), "L1 full");
        if (_caches.L2 > 0)
            chart.VerticalRule(_caches.L2 / (2.0 * sizeof(float)), "L2 full");
        sheet.Add(chart, "speedup.svg", "Two-pass against three-pass",
            "Speed-up of two-pass softmax over the better three-pass kernel against the number of elements, for AVX-512 and AVX2.",
            "Above 1, two passes are faster. Bands span the seeds. Rules mark where input and output together fill a cache; the last point, in a full run, is four times the last cache.");
    }

    private static void DrawTimes(FigureSheet sheet)
    {
        var panels = new List<Chart>();
        foreach (var set in SoftmaxKernels.Sets)
        {
            var chart = new Chart(new Axis("elements N", Logarithmic: true), new Axis("nanoseconds an element", Minimum: 0, Maximum: 1.5)) { Heading = $"{set}" };
            foreach (var (name, label) in new[]
            {
                (SoftmaxKernels.TwoPassName(set), "two-pass"), (SoftmaxKernels.RecomputeName(set), "three-pass, recomputing"),
                (SoftmaxKernels.ReloadName(set), "three-pass, reloading"), (SoftmaxKernels.TensorPrimitivesName, "TensorPrimitives"),
                (SoftmaxKernels.LibtorchName, "libtorch"),
            })
            {
                var (n, runs) = name == SoftmaxKernels.LibtorchName ? (sheet.Series("n")[0], sheet.Series($"ns {name}")) : WithOutOfCache(sheet, $"ns {name}", $"outOfCacheNs {name}");
                chart.Line(n, [.. Means(runs).Select(value => value <= 1.5 ? value : double.NaN)], label);
            }
            panels.Add(chart);
        }
        if (panels.Count == 0)
            return;
        sheet.Add(panels, "times.svg", "Time an element",
            "Nanoseconds an element against the number of elements for the softmax kernels, TensorPrimitives and libtorch, one panel an instruction set.",
            "One thread; means over seeds of each size's median; values above 1.5 ns are cut off. libtorch allocates its result at every call, the others write into memory already touched.");
    }

    private static void DrawError(FigureSheet sheet)
    {
        var worst = Reduce(sheet.Series("expErrorUlpByUnit"), Enumerable.Max);
        var chart = new Chart("x", new Axis("worst error (units in the last place)", Minimum: 0));
        chart.Line([.. Enumerable.Range(0, worst.Length).Select(i => i - 86.5)], worst, "exp of the kernels");
        chart.HorizontalRule(2, "claim: 2");
        sheet.Add(chart, "exp-error.svg", "Error of exp",
            "Worst error of the kernels' exponential in units in the last place, over the interval from -87 to 87.",
            "Each point is the worst float tried in an interval of length 1, over all seeds and all instruction sets of this processor.");
    }

    /// <summary>The sweep's series with the out-of-cache point behind it, where the run has one.</summary>
    private static (double[] N, IReadOnlyList<double[]> Runs) WithOutOfCache(FigureSheet sheet, string sweep, string point)
    {
        var (n, runs) = (sheet.Series("n")[0], sheet.Series(sweep));
        if (!sheet.Seeds.All(seed => seed.Series.ContainsKey(point)))
            return (n, runs);
        return ([.. n, .. sheet.Series("outOfCacheN")[0]], [.. runs.Zip(sheet.Series(point), (head, tail) => (double[])[.. head, .. tail])]);
    }

    private static double[] Means(IReadOnlyList<double[]> runs) => Reduce(runs, Enumerable.Average);

    private static double[] Reduce(IReadOnlyList<double[]> runs, Func<IEnumerable<double>, double> statistic) =>
        [.. Enumerable.Range(0, runs[0].Length).Select(i => statistic(runs.Select(run => run[i])))];
}
