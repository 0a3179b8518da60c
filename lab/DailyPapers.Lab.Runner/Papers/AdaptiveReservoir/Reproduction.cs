using DailyPapers.Lab.Architectures.Reservoir;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.AdaptiveReservoir;

/// <summary>Srinivasan, Plenz and Girvan (2025): reservoirs of excitatory and inhibitory units that balance themselves.</summary>
internal sealed class Reproduction : IReproduction
{
    internal static readonly double[] Balances = [-0.5, -0.3, -0.2, -0.1, 0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5];
    internal static readonly double[] TargetRatesSwept = [0.1, 0.3, 0.5, 0.65, 0.8];

    private const double LeastBalanced = -0.3, GreatestBalanced = 0.05, LeastExcited = 0.2;

    // Fixed for the sampled settings, where neither arm is tuned.
    internal const double UntunedBalance = -0.1, UntunedRate = 0.65;

    private const string Relative = "relative gain";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "adaptive-reservoir",
        Title = "Boosting Reservoir Computing with Brain-inspired Adaptive Dynamics",
        ArxivId = "2504.12480",
        Data = "Generated anew for every seed: white input with its own past and NARMA-10 as targets, the Mackey-Glass series 84 steps ahead, the Lorenz system's x half a time unit ahead; 200 steps of washout, 2,000 for training, 500 for validation, 1,500 for testing.",
        Claims =
        [
            BalanceGain("memory", "memory capacity"),
            BalanceGain("narma", "1/NRMSE on NARMA-10"),
            new()
            {
                Id = "best-balance",
                Statement = "The balance B of the best score in the sweep is not on the side of excitation: the greater of the two tasks' best B.",
                Metric = "best-balance",
                Unit = "B = (ΣE − ΣI)/(ΣE + ΣI)",
                Baseline = "an excitation-dominated reservoir, 0.2",
                Criterion = Criterion.AtMost(0.1, nullValue: 0.2),
                PaperFigure = "best when balanced or slightly over-inhibited",
            },
            new()
            {
                Id = "adaptation-gain",
                Statement = "Adapted to the best of five target rates, a reservoir has a larger memory capacity than one with the best of eleven global balances, gain and input scale tuned on validation data for both.",
                Metric = "adaptation-gain-memory",
                Unit = Relative,
                Baseline = "the globally tuned reservoir, 0",
                Criterion = Criterion.AtLeast(0.1, nullValue: 0),
                PaperFigure = "up to 130 % in tasks like memory capacity and time-series prediction",
            },
            new()
            {
                Id = "adaptation-gain-seeds",
                Statement = "It gains more than 10 % in at least eight of ten random reservoirs.",
                Metric = "adaptation-gains-a-tenth",
                Unit = "share of reservoirs",
                Baseline = "no reservoir gains so much, 0",
                Criterion = Criterion.AtLeast(0.8, nullValue: 0),
                PaperFigure = "not stated",
            },
            SettingsMedian("memory", "memory capacity"),
            SettingsMedian("narma", "1/NRMSE on NARMA-10"),
            SettingsSpread("memory", "memory capacity"),
            SettingsSpread("narma", "1/NRMSE on NARMA-10"),
            new()
            {
                Id = "heterogeneity",
                Statement = "With different target rates in one reservoir, the geometric mean over four tasks of its score, relative to that of the single rate that is best for the task, is at least 0.95.",
                Metric = "heterogeneous-relative",
                Unit = "ratio",
                Baseline = "half as good as the best single rate",
                Criterion = Criterion.AtLeast(0.95, nullValue: 0.5),
                PaperFigure = "excels across linear and non-linear tasks; no ratio known to us",
            },
            new()
            {
                Id = "no-rate-for-all",
                Statement = "Every single target rate loses more than 10 % on some task against the rate that is best for it: the least, over rates, of the largest loss.",
                Metric = "least-largest-loss",
                Unit = "relative loss",
                Baseline = "one rate best for all tasks, 0",
                Criterion = Criterion.AtLeast(0.1, nullValue: 0),
                PaperFigure = "not stated",
            },
            new()
            {
                Id = "targets-reached",
                Statement = "After adaptation, with weights frozen, mean rates on the training input are at their targets: mean absolute error over units that have any inhibition left, at the target 0.65, over the grid of gains and input scales.",
                Metric = "target-error",
                Unit = "rate",
                Baseline = "an error of a tenth",
                Criterion = Criterion.AtMost(0.01, nullValue: 0.1),
                PaperFigure = "units reach their target rates",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("units", 300, 50, 1000, "N, units of a reservoir."),
            ParameterDeclaration.Whole("inDegree", 20, 5, 40, "Inputs of a unit from other units, a fifth of them inhibitory."),
            ParameterDeclaration.Real("bias", 0, -5, 5, "b of every unit; a silent reservoir's rate is S(b), one half at 0."),
            ParameterDeclaration.Whole("settings", 30, 4, 200, "Random settings of gain, slope and input scale in the claims on tuning."),
            ParameterDeclaration.Real("ridge", 1e-6, 1e-12, 1, "λ of every readout."),
            ParameterDeclaration.Real("meanRate", 0.5, 0.1, 0.9, "Mean of the heterogeneous target rates, which are spread evenly."),
            ParameterDeclaration.Real("rateSpread", 0.3, 0, 0.45, "How far they reach to both sides of it, cut at 0.02 and 0.98."),
        ],
        Seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["units"] = 150, ["settings"] = 12 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 10 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        var options = new EiReservoirOptions { Units = run.Setting.Whole("units"), InDegree = run.Setting.Whole("inDegree"), Bias = run.Setting.Real("bias") };
        var series = TaskSeries.Draw(run.Seed.Stream("series"));
        MeasureTuned(run, series, options);
        MeasureSettings(run, series[0], options);
        MeasureTargets(run, series[0], options);
    }

    private static void MeasureTuned(SeedRun run, TaskSeries[] series, EiReservoirOptions options)
    {
        var (units, rates) = (options.Units, TargetRatesSwept);
        var broad = Broad(run, units);
        Arm[] arms =
        [
            .. Balances.Select(balance => new Arm.Global(balance)),
            .. rates.Select(rate => new Arm.Adapted(TargetRates.Homogeneous(units, rate))),
            .. rates.Select(rate => new Arm.OneStep(TargetRates.Homogeneous(units, rate))),
            new Arm.Adapted(broad),
        ];
        var (global, single, oneStep, mixed) = (
            Enumerable.Range(0, Balances.Length).ToArray(), Enumerable.Range(Balances.Length, rates.Length).ToArray(),
            Enumerable.Range(Balances.Length + rates.Length, rates.Length).ToArray(), Balances.Length + 2 * rates.Length);
        var grid = TuningGrid.Run(arms, series, options, run.Setting.Real("ridge"), run, done => run.Progress(0.8 * done, "Balances and target rates"));

        MeasureBalance(run, grid, global);
        var (logarithms, losses) = (0.0, new double[rates.Length]);
        for (var task = 0; task < TaskSeries.Names.Length; task++)
        {
            var name = TaskSeries.Names[task];
            var (tuned, adapted) = (grid.Best(global, task).Test, grid.Best(single, task).Test);
            run.Measure($"global-{name}", tuned);
            run.Measure($"adaptation-gain-{name}", adapted / tuned - 1);
            run.Measure($"one-step-gain-{name}", grid.Best(oneStep, task).Test / tuned - 1);
            run.Measure($"heterogeneous-gain-{name}", grid.Tuned(mixed, task).Test / tuned - 1);
            double[] scores = [.. single.Select(arm => grid.Tuned(arm, task).Test)];
            logarithms += Math.Log(grid.Tuned(mixed, task).Test / scores.Max());
            for (var rate = 0; rate < rates.Length; rate++)
                losses[rate] = Math.Max(losses[rate], 1 - scores[rate] / scores.Max());
            run.Record($"rates-{name}", scores);
            run.Record($"one-step-{name}", oneStep.Select(arm => grid.Tuned(arm, task).Test));
            run.Record($"levels-{name}", [tuned, grid.Tuned(mixed, task).Test]);
            run.Record($"balances-{name}", global.Select(arm => grid.Tuned(arm, task).Test));
            for (var gain = 0; gain < TuningGrid.Gains.Length; gain++)
            {
                run.Record($"balances-{name}-{gain}", global.Select(arm => grid.AtGain(arm, gain, task).Test));
                run.Record($"rates-{name}-{gain}", single.Select(arm => grid.AtGain(arm, gain, task).Test));
            }
        }
        run.Measure("adaptation-gains-a-tenth", grid.Best(single, 0).Test / grid.Best(global, 0).Test > 1.1 ? 1 : 0);
        run.Measure("heterogeneous-relative", Math.Exp(logarithms / TaskSeries.Names.Length));
        run.Measure("least-largest-loss", losses.Min());
    }

    private static double[] Broad(SeedRun run, int units) => TargetRates.Uniform(
        units, Math.Max(0.02, run.Setting.Real("meanRate") - run.Setting.Real("rateSpread")),
        Math.Min(0.98, run.Setting.Real("meanRate") + run.Setting.Real("rateSpread")), run.Seed);

    private static void MeasureBalance(SeedRun run, TuningGrid grid, int[] global)
    {
        var best = double.NegativeInfinity;
        for (var task = 0; task < 2; task++)
        {
            double[] scores = [.. global.Select(arm => grid.Tuned(arm, task).Test)];
            var balanced = scores.Where((_, i) => Balances[i] is >= LeastBalanced and <= GreatestBalanced).Average();
            var excited = scores.Where((_, i) => Balances[i] >= LeastExcited).Average();
            run.Measure($"balance-gain-{TaskSeries.Names[task]}", balanced / excited - 1);
            best = Math.Max(best, Balances[Array.IndexOf(scores, scores.Max())]);
            run.Measure($"best-balance-{TaskSeries.Names[task]}", Balances[Array.IndexOf(scores, scores.Max())]);
        }
        run.Measure("best-balance", best);
    }

    private static void MeasureSettings(SeedRun run, TaskSeries series, EiReservoirOptions options)
    {
        var random = run.Seed.Stream("settings").ToRandom();
        var drawn = Enumerable.Range(0, run.Setting.Whole("settings")).Select(_ => options with
        {
            Gain = Between(1, 8),
            Slope = Between(0.5, 2),
            InputScale = Between(0.1, 2),
        }).ToArray();
        Arm[] arms = [new Arm.Global(UntunedBalance), new Arm.Adapted(TargetRates.Homogeneous(options.Units, UntunedRate))];
        var scores = new double[arms.Length, 2, drawn.Length]; // [arm, task, setting]
        var jobs = from arm in Enumerable.Range(0, arms.Length) from setting in Enumerable.Range(0, drawn.Length) select (arm, setting);
        TuningGrid.SideBySide([.. jobs], job =>
        {
            var measured = Score.Measure(arms[job.arm].Build(drawn[job.setting], series, run.Seed).Reservoir, series, run.Setting.Real("ridge"));
            for (var task = 0; task < 2; task++)
                scores[job.arm, task, job.setting] = measured[task].Test;
        }, done => run.Progress(0.8 + 0.15 * done, "Random settings"), run.CancellationToken);
        for (var task = 0; task < 2; task++)
        {
            var name = TaskSeries.Names[task];
            double[] without = Row(0, task), with = Row(1, task);
            run.Measure($"settings-median-gain-{name}", SeedStatistics.Median(with) / SeedStatistics.Median(without) - 1);
            run.Measure($"settings-spread-ratio-{name}", Spread(with) / Spread(without));
            run.Record($"settings-without-{name}", without);
            run.Record($"settings-with-{name}", with);
        }

        double Between(double least, double greatest) => least * Math.Pow(greatest / least, random.NextDouble());

        double[] Row(int arm, int task) => [.. Enumerable.Range(0, drawn.Length).Select(setting => scores[arm, task, setting]).Order()];
    }

    // Interquartile range over median; quarters are medians of the lower and the upper half.
    private static double Spread(double[] sorted) =>
        (SeedStatistics.Median(sorted[^(sorted.Length / 2)..]) - SeedStatistics.Median(sorted[..(sorted.Length / 2)])) / SeedStatistics.Median(sorted);

    private static void MeasureTargets(SeedRun run, TaskSeries series, EiReservoirOptions options)
    {
        var targets = TargetRates.Homogeneous(options.Units, UntunedRate);
        var broad = Broad(run, options.Units);
        List<double> before = [], after = [], disinhibited = [], onStep = [];
        foreach (var gain in TuningGrid.Gains)
        {
            foreach (var scale in TuningGrid.InputScales)
            {
                run.Progress(0.95, "Rates after adaptation");
                var setting = options with { Gain = gain, InputScale = scale };
                var reservoir = EiReservoir.Create(setting, run.Seed);
                before.Add(Error(reservoir));
                var report = InhibitoryHomeostasis.Adapt(reservoir, targets, series.TrainingInputs);
                after.Add(Error(reservoir));
                disinhibited.Add(report.Disinhibited / (double)options.Units);
                onStep.Add(Error(new Arm.OneStep(targets).Build(setting, series, run.Seed).Reservoir));
                if (gain == 4 && scale == 1)
                {
                    run.Record("adaptation-error", report.Errors);
                    run.Record("mean-rates-before", EiReservoir.Create(setting, run.Seed).MeanRates(series.TrainingInputs, TaskSeries.Washout));
                    run.Record("mean-rates-after", reservoir.MeanRates(series.TrainingInputs, TaskSeries.Washout));
                    run.Record("mean-rates-broad", new Arm.Adapted(broad).Build(setting, series, run.Seed).Reservoir.MeanRates(series.TrainingInputs, TaskSeries.Washout));
                }
            }
        }
        run.Measure("target-error", after.Average());
        run.Measure("target-error-before", before.Average());
        run.Measure("target-error-one-step", onStep.Average());
        run.Measure("disinhibited", disinhibited.Average());

        double Error(EiReservoir reservoir)
        {
            var means = reservoir.MeanRates(series.TrainingInputs, TaskSeries.Washout);
            return Enumerable.Range(0, options.Units).Where(unit => !InhibitoryHomeostasis.IsDisinhibited(reservoir, unit))
                .Select(unit => Math.Abs(means[unit] - targets[unit])).DefaultIfEmpty(double.NaN).Average();
        }
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    private static Claim BalanceGain(string task, string score) => new()
    {
        Id = $"balance-{task}",
        Statement = $"Balanced or slightly over-inhibited reservoirs beat excitation-dominated ones in {score}: mean over B from −0.3 to 0.05 against mean over B of at least 0.2, gain and input scale tuned at each B.",
        Metric = $"balance-gain-{task}",
        Unit = Relative,
        Baseline = "excitation-dominated reservoirs, 0",
        Criterion = Criterion.AtLeast(0.1, nullValue: 0),
        PaperFigure = "best when balanced or slightly over-inhibited",
    };

    private static Claim SettingsMedian(string task, string score) => new()
    {
        Id = $"settings-median-{task}",
        Statement = $"Over random settings of gain, slope and input scale, the median of {score} is larger with adaptation to the rate 0.65 than without, at the balance −0.1.",
        Metric = $"settings-median-gain-{task}",
        Unit = Relative,
        Baseline = "the same settings without adaptation, 0",
        Criterion = Criterion.AtLeast(0, nullValue: 0),
        PaperFigure = "less tuning needed; no figure known to us",
    };

    private static Claim SettingsSpread(string task, string score) => new()
    {
        Id = $"settings-spread-{task}",
        Statement = $"Over these settings, the interquartile range of {score}, relative to the median, is smaller with adaptation: with over without.",
        Metric = $"settings-spread-ratio-{task}",
        Unit = "ratio",
        Baseline = "the same settings without adaptation, 1",
        Criterion = Criterion.AtMost(1, nullValue: 1),
        PaperFigure = "less tuning needed; no figure known to us",
    };
}
