using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Generalization.HyperparameterTuning;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.HyperparameterSampleComplexity;

/// <summary>Balcan, Nguyen and Sharma (2025): how many tasks it takes to tune a hyperparameter whose utility is itself an optimum over weights.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Tasks = "tasks";
    private const string Points = "points";
    private const string DigitPoints = "digitPoints";
    private const string GridPoints = "gridPoints";
    private const string Repeats = "repeats";
    private const string Families = "families";
    private const string Trials = "trials";
    private const string Weights = "weights";
    private const double RelativeEpsilon = 0.1;

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "hyperparameter-sample-complexity",
        Title = "Sample complexity of data-driven tuning of model hyperparameters in neural networks with structured parameter-dependent dual function",
        ArxivId = "2501.13734",
        Data = "Synthetic tasks drawn for every seed (two moons turned and blurred, planar graphs of two communities), and the 45 pairs of classes of the 8 × 8 digits, which ship with the library.",
        Claims =
        [
            new()
            {
                Id = "shattering-bounded",
                Statement = "Tasks whose dual functions have N jumps: the largest shattered set of any random family stays within max{m : 2^m <= m N + 1}.",
                Metric = "familiesAboveBound",
                Unit = "share of families",
                Baseline = "no bound in terms of N, all families above it",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = "Pdim = O(log N) for duals with N oscillations; no constant stated",
            },
            new()
            {
                Id = "logarithm-attained",
                Statement = "The logarithm is no artefact of the proof: binary counters with N jumps are shattered in sets that grow like log2 N.",
                Metric = "counterSlope",
                Unit = "tasks per doubling of N",
                Baseline = "no growth with N, 0",
                Criterion = Criterion.Within(0.8, 1.2, nullValue: 0),
                PaperFigure = "O(log N); no lower bound stated",
                Deterministic = true,
            },
            new()
            {
                Id = "logarithm-attained-everywhere",
                Statement = "At every N the shattered set has at least log2 N - 1 tasks: smallest margin over N.",
                Metric = "counterMargin",
                Unit = "tasks",
                Baseline = "a single shattered task at the largest N, 2^12 - 1",
                Criterion = Criterion.AtLeast(0, nullValue: -10),
                PaperFigure = "not stated",
                Deterministic = true,
            },
            new()
            {
                Id = "maximum-jumps-bounded",
                Statement = "A function of hyperparameter and weights that is constant on N boxes: its maximum over the weights has at most 2 N jumps.",
                Metric = "trialsAboveTwoN",
                Unit = "share of trials",
                Baseline = "no bound, all trials above it",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = "O(N) discontinuities",
            },
            new()
            {
                Id = "maximum-jumps-grow",
                Statement = "The number of jumps does grow with N: slope of log jumps against log N, for boxes that partition the domain.",
                Metric = "jumpGrowth",
                Unit = "1",
                Baseline = "no growth, 0",
                Criterion = Criterion.AtLeast(0.2, nullValue: 0),
                PaperFigure = "not stated",
            },
            Rate("moons", "two-neuron networks on two moons with an interpolated activation"),
            Rate("graphs", "graph convolutions with a polynomial kernel"),
            Rate("digits", "two-neuron networks on pairs of digits"),
            new()
            {
                Id = "deviation-below-bound",
                Statement = "That gap lies below H sqrt((Pdim + ln(1/delta)) / m) with the constant 1: largest ratio over m and task families.",
                Metric = "gapOverBound",
                Unit = "1",
                Baseline = "a gap of the whole range H = 1 that does not shrink with m: about 10 at the largest m",
                Criterion = Criterion.AtMost(1, nullValue: 10),
                PaperFigure = "the theorem's constant is not stated",
            },
            new()
            {
                Id = "few-tasks-suffice",
                Statement = "Tuning on m tasks loses at most a tenth of the spread of expected utility over hyperparameters, in 95 % of draws, at an m far below the bound's: largest ratio over task families.",
                Metric = "tasksOverBound",
                Unit = "1",
                Baseline = "as many tasks as the bound demands, 1",
                Criterion = Criterion.AtMost(0.1, nullValue: 1),
                PaperFigure = "the bound suffices; no experiment stated",
            },
            new()
            {
                Id = "loss-falls",
                Statement = "What the tuned hyperparameter loses falls as m grows: rises by more than two standard errors, over all task families.",
                Metric = "excessRises",
                Unit = "rises",
                Baseline = "one rise",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = "implied by the bound",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole(Tasks, 400, 50, 10_000, "Tasks of each synthetic family; the distribution is uniform over them."),
            ParameterDeclaration.Whole(Points, 20, 4, 60, "Labelled points of a synthetic task."),
            ParameterDeclaration.Whole(DigitPoints, 40, 4, 200, "Images of a pair of digits."),
            ParameterDeclaration.Whole(GridPoints, 21, 3, 31, "Values of each of the three weights; the maximum over weights tries all."),
            ParameterDeclaration.Whole(Repeats, 100, 20, 1000, "Draws of m tasks for every m."),
            ParameterDeclaration.Whole(Families, 20, 1, 200, "Random families of dual functions for every number of jumps."),
            ParameterDeclaration.Whole(Trials, 1000, 10, 10_000, "Random partitions for every number of boxes."),
            ParameterDeclaration.Whole(Weights, 2, 1, 10, "Dimensions of the weights in the boxes' domain."),
        ],
        Seeds = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { [Tasks] = 100, [Repeats] = 40, [Families] = 5, [Trials] = 200 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 10 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        MeasureShattering(run);
        MeasureBoxes(run);
        MeasureTuning(run);
    }

    public void Draw(FigureSheet sheet)
    {
        Figures.DrawShattering(sheet);
        Figures.DrawBoxes(sheet);
        Figures.DrawDuals(sheet);
        Figures.DrawGaps(sheet);
        Figures.DrawExcess(sheet);
    }

    private static Claim Rate(string family, string what) => new()
    {
        Id = $"rate-{family}",
        Statement = $"The largest gap over hyperparameters between mean utility on m tasks and expected utility falls like m^(-1/2): {what}.",
        Metric = $"gapSlope-{family}",
        Unit = "1",
        Baseline = "a gap that does not shrink with m, 0",
        Criterion = Criterion.Within(-0.6, -0.4, nullValue: 0),
        PaperFigure = "the guarantee is of order m^(-1/2)",
    };

    private static void MeasureShattering(SeedRun run)
    {
        run.Progress(0, "shattering");
        var jumps = CountingExperiments.CounterJumps();
        var counters = CountingExperiments.CounterShattered();
        run.Measure("counterSlope", LeastSquaresLine.Slope([.. jumps.Select(n => Math.Log2(n))], counters));
        run.Measure("counterMargin", jumps.Zip(counters, (n, size) => size - (Math.Log2(n) - 1)).Min());
        run.Record("counters", counters);
        var (above, means) = (0, new List<double>());
        var families = run.Setting.Whole(Families);
        foreach (var n in CountingExperiments.FamilyJumps)
        {
            run.Progress(0.1 * means.Count / CountingExperiments.FamilyJumps.Length, $"random families of {n} jumps");
            var sizes = CountingExperiments.RandomShattered(n, families, run.Seed.Stream("families"), run.CancellationToken);
            above += sizes.Count(size => size > PseudoDimensionBound.FromOscillations(n));
            means.Add(sizes.Average());
        }
        run.Measure("familiesAboveBound", (double)above / (families * CountingExperiments.FamilyJumps.Length));
        run.Measure("randomSlope", LeastSquaresLine.Slope([.. CountingExperiments.FamilyJumps.Select(n => Math.Log2(n))], [.. means]));
        run.Record("randomShattered", means);
    }

    private static void MeasureBoxes(SeedRun run)
    {
        run.Progress(0.1, "maxima over boxes");
        var trials = run.Setting.Whole(Trials);
        var (cut, scattered) = CountingExperiments.BoxJumps(trials, run.Setting.Whole(Weights), run.Seed.Stream("boxes"), run.CancellationToken);
        var above = CountingExperiments.BoxCounts.Select((boxes, i) => cut[i].Concat(scattered[i]).Count(jumps => jumps > 2 * boxes)).Sum();
        run.Measure("trialsAboveTwoN", (double)above / (2 * trials * CountingExperiments.BoxCounts.Length));
        run.Measure("jumpGrowth", LeastSquaresLine.Slope(
            [.. CountingExperiments.BoxCounts.Select(boxes => Math.Log(boxes))], [.. cut.Select(jumps => Math.Log(jumps.Average()))]));
        run.Record("cutJumps", cut.Select(jumps => jumps.Average()));
        run.Record("scatteredJumps", scattered.Select(jumps => jumps.Average()));
    }

    private static void MeasureTuning(SeedRun run)
    {
        var (overBound, tasksOverBound, rises) = (0.0, 0.0, 0);
        foreach (var family in TaskFamilies(run))
        {
            run.Progress(0.9, $"tuning on few tasks: {family.Name}");
            var result = TuningExperiment.Run(family, run.Setting.Whole(Repeats), run.Seed.Stream($"draws of {family.Name}"), run.CancellationToken);
            run.Measure($"gapSlope-{family.Name}", result.GapSlope);
            run.Measure($"bestAlpha-{family.Name}", family.Expectation.Maximiser);
            var spread = family.Expectation.Largest - family.Expectation.Values.Min();
            var needed = result.TasksFor(RelativeEpsilon * spread);
            run.Measure($"spread-{family.Name}", spread);
            run.Measure($"meanJumps-{family.Name}", family.Duals.Average(dual => dual.Jumps));
            run.Measure($"mostJumps-{family.Name}", family.Duals.Max(dual => dual.Jumps));
            run.Measure($"pseudoDimensionBound-{family.Name}", family.PseudoDimension);
            run.Measure($"tasksNeeded-{family.Name}", needed);
            overBound = Math.Max(overBound, result.GapOverBound(family.PseudoDimension));
            tasksOverBound = Math.Max(tasksOverBound, needed / SampleComplexity.Required(1, RelativeEpsilon * spread, TuningExperiment.Delta, family.PseudoDimension));
            rises += result.ExcessRises;
            run.Record($"gaps-{family.Name}", result.Gaps);
            run.Record($"excesses-{family.Name}", result.Excesses);
            for (var task = 0; task < Figures.DualsShown; task++)
                run.Record($"dual-{family.Name}-{task}", Figures.Sampled(family.Duals[task]));
            run.Record($"expectation-{family.Name}", Figures.Sampled(family.Expectation));
        }
        run.Measure("gapOverBound", overBound);
        run.Measure("tasksOverBound", tasksOverBound);
        run.Measure("excessRises", rises);
    }

    private static IEnumerable<TaskFamily> TaskFamilies(SeedRun run)
    {
        var setting = run.Setting;
        var (tasks, points, digitPoints) = (setting.Whole(Tasks), setting.Whole(Points), setting.Whole(DigitPoints));
        var grid = new WeightGrid(setting.Whole(GridPoints));
        yield return TaskFamily.Compute(
            "moons", tasks, i => TaskSources.Moons(points, grid, run.Seed.Stream($"moons {i}")), 1,
            share => run.Progress(0.2 + 0.3 * share, "dual functions of moons"));
        yield return TaskFamily.Compute(
            "graphs", tasks, i => TaskSources.Graph(points, grid, run.Seed.Stream($"graph {i}")), 2,
            share => run.Progress(0.5 + 0.3 * share, "dual functions of graphs"));
        var digits = TaskSources.DigitTasks(digitPoints, grid, run.Seed.Stream("digits"));
        yield return TaskFamily.Compute(
            "digits", digits.Length, i => digits[i], 1,
            share => run.Progress(0.8 + 0.1 * share, "dual functions of pairs of digits"));
    }
}
