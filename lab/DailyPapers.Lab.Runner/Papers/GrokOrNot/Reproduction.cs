using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Generalization.ModularAddition;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.GrokOrNot;

/// <summary>Doshi, Das, He and Gromov (2023): a network that knows the rule of addition and wrong results by heart, told apart neuron by neuron.</summary>
public sealed class Reproduction : IReproduction
{
    private const double Corruption = 0.1;

    // #region declaration
    /// <inheritdoc/>
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "grok-or-not",
        Title = "To grok or not to grok: Disentangling generalization and memorization on corrupted algorithmic datasets",
        ArxivId = "2310.13061",
        Data = "Generated (ModularArithmeticDataset): all pairs of residues modulo p with their sum, split at random anew for every seed; a share xi of the training labels is wrong, test labels are right.",
        Claims =
        [
            new()
            {
                Id = "coexistence",
                Statement = "Without regularisation a network knows the rule and the wrong labels at once: its best test accuracy at a step at which it gives at least 95 % of the wrong labels.",
                Metric = "coexistenceTest",
                Unit = "share of test pairs",
                Baseline = "memorisation without the rule, which leaves less than half",
                Criterion = Criterion.AtLeast(0.9, nullValue: 0.5),
                PaperFigure = "about 100 % test accuracy with about 100 % training accuracy (coexistence phase, figure 2)",
            },
            new()
            {
                Id = "pruning-forgets-wrong-labels",
                Statement = "Removing the least periodic neurons, at the best share that keeps 95 % of the test accuracy, makes that network forget the wrong labels.",
                Metric = "wrongAfterPruning",
                Unit = "share of wrong labels given",
                Baseline = "the network before pruning, which gives nearly all",
                Criterion = Criterion.AtMost(0.2, nullValue: 1),
                PaperFigure = "accuracy on corrupted data falls while that on uncorrupted data stays or rises (figure 4); no number stated",
            },
            new()
            {
                Id = "pruning-by-periodicity",
                Statement = "It matters which neurons go: test accuracy minus wrong labels given, at the best share removed, is larger by periodicity than at random.",
                Metric = "pruningAdvantage",
                Unit = "difference of shares",
                Baseline = "random neurons, at their own best share removed, mean of five draws",
                Criterion = Criterion.AtLeast(0.2, nullValue: 0),
                PaperFigure = "not stated",
            },
            new()
            {
                Id = "decay-refuses-wrong-labels",
                Statement = "With weight decay the trained network gives next to none of the wrong labels.",
                Metric = "decayWrong",
                Unit = "share of wrong labels given",
                Baseline = "all of them, as without weight decay",
                Criterion = Criterion.AtMost(0.05, nullValue: 1),
                PaperFigure = "0 % in the full-inversion phase",
            },
            new()
            {
                Id = "decay-generalises",
                Statement = "With weight decay its test accuracy is nearly perfect.",
                Metric = "decayTest",
                Unit = "share of test pairs",
                Baseline = "memorisation without the rule, which leaves less than half",
                Criterion = Criterion.AtLeast(0.98, nullValue: 0.5),
                PaperFigure = "100 % in the full-inversion phase",
            },
            new()
            {
                Id = "decay-train-accuracy",
                Statement = "Its training accuracy, wrong labels counted, then is 1 - xi: distance from it.",
                Metric = "decayTrainDistance",
                Unit = "share of training labels",
                Baseline = "xi, if every training label is given",
                Criterion = Criterion.AtMost(0.02, nullValue: Corruption),
                PaperFigure = "100 (1 - xi) % training accuracy (abstract)",
            },
            new()
            {
                Id = "decay-makes-periodic",
                Statement = "Weight decay makes the neurons more periodic on average than the same network trained without it.",
                Metric = "decayPeriodicityGain",
                Unit = "difference of mean inverse participation ratios",
                Baseline = "the same seed without weight decay",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "the distribution moves to high ratios (figure 5); no number stated",
            },
            new()
            {
                Id = "memorises-first",
                Statement = "On the way there it knew wrong labels: at its peak, training accuracy has come at least half of the way from 1 - xi to 1.",
                Metric = "peakMemorised",
                Unit = "share of the way from 1 - xi to 1",
                Baseline = "a network that never takes up wrong labels, 0",
                Criterion = Criterion.AtLeast(0.5, nullValue: 0),
                PaperFigure = "100 % training accuracy before the drop (abstract)",
            },
            new()
            {
                Id = "unlearns-after-grokking",
                Statement = "It groks first and unlearns afterwards: steps from test accuracy 0.9 to training accuracy back within 0.02 of 1 - xi.",
                Metric = "unlearningDelay",
                Unit = "steps",
                Baseline = "both at once, 0",
                Criterion = Criterion.AtLeast(1, nullValue: 0),
                PaperFigure = "two consecutive stages (abstract); no number of steps stated",
            },
            new()
            {
                Id = "normalisation-amplifies-periodic",
                Statement = "Batch normalisation scales periodic neurons up and others down: rank correlation of its scale with the neuron's periodicity.",
                Metric = "scaleCorrelation",
                Unit = "Spearman's rho over neurons",
                Baseline = "no relation, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = "a strong correlation is described (section 3.3); no number stated",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("p", 47, 5, 113, "The modulus; the paper's is 97, which takes about 12 times as long and wants width 500."),
            ParameterDeclaration.Whole("width", 256, 16, 1000, "Neurons; the paper's network has 500."),
            ParameterDeclaration.Real("alpha", 0.7, 0.1, 0.9, "Share of the pairs to train on; small moduli need more."),
            ParameterDeclaration.Real("xi", Corruption, 0.02, 0.6, "Share of wrong training labels."),
            ParameterDeclaration.Real("lambda", 10, 0.1, 50, "Weight decay of the regularised run; a step shrinks weights by 1 % of it."),
            ParameterDeclaration.Whole("steps", 1000, 50, 5000, "Steps of each run; the paper takes 2,000."),
            ParameterDeclaration.Whole("mapSteps", 300, 20, 5000, "Steps of each run of the phase map."),
        ],
        Seeds = [201, 202, 203, 204, 205],
        Quick = new() { TimeLimitSeconds = 120, SeedCount = 2, Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 400, ["mapSteps"] = 100 } },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    /// <inheritdoc/>
    public void RunSeed(SeedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (xi, steps) = (run.Setting.Real("xi"), run.Setting.Whole("steps"));
        var experiments = new AdditionExperiments(run.Setting, run.Seed, run.CancellationToken);
        AdditionExperiments.Training? plain = null, decayed = null;
        AdditionExperiments.Normalised? normalised = null;
        var map = new CorruptedAccuracy[AdditionExperiments.MapCorruptions.Length * AdditionExperiments.MapDecays.Length];
        List<Action> jobs =
        [
            () => plain = experiments.FullBatch(xi, 0, steps, prune: true),
            () => decayed = experiments.FullBatch(xi, run.Setting.Real("lambda"), steps, prune: false),
            () => normalised = experiments.WithNormalisation(xi, steps),
        ];
        for (var cell = 0; cell < map.Length; cell++)
        {
            var (place, across) = (cell, AdditionExperiments.MapDecays.Length);
            jobs.Add(() => map[place] = experiments.FullBatch(
                AdditionExperiments.MapCorruptions[place / across], AdditionExperiments.MapDecays[place % across], run.Setting.Whole("mapSteps"), prune: false).Trace[^1]);
        }
        SideBySide(run, jobs);

        MeasureCoexistence(run, plain!);
        MeasureDecay(run, plain!, decayed!, xi);
        MeasureNormalisation(run, normalised!);
        MeasureMap(run, map);
        RecordDynamics(run, "plain", plain!, steps);
        RecordDynamics(run, "decayed", decayed!, steps);
        run.Record("plainPeriodicity", plain!.Periodicity);
        run.Record("decayedPeriodicity", decayed!.Periodicity);
        run.Record("normalisedPeriodicity", normalised!.Periodicity);
    }

    // Two runs at a time, one core each, are much faster than one after the other on two cores: the matrices are small.
    private static void SideBySide(SeedRun run, List<Action> jobs)
    {
        var threads = get_num_threads();
        var (gate, done) = (new Lock(), 0);
        try
        {
            Parallel.ForEach(
                jobs.ToArray(),
                new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = run.CancellationToken },
                job =>
                {
                    set_num_threads(1);
                    job();
                    lock (gate)
                        run.Progress((double)++done / jobs.Count, $"run {done} of {jobs.Count}");
                });
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    // #region measures
    private static void MeasureCoexistence(SeedRun run, AdditionExperiments.Training plain)
    {
        run.Measure("coexistenceTest", plain.Trace.Where(accuracy => accuracy.Wrong >= 0.95).Select(accuracy => accuracy.Test).DefaultIfEmpty(0).Max());
        run.Measure("leastWrongAfterGrokking", plain.Trace.SkipWhile(accuracy => accuracy.Test < 0.9).Select(accuracy => accuracy.Wrong).DefaultIfEmpty(double.NaN).Min());
        run.Measure("finalWrong", plain.Trace[^1].Wrong);
        run.Measure("finalTest", plain.Trace[^1].Test);
        var pruning = plain.Pruning!;
        var kept = pruning.LeastPeriodic.Where(accuracy => accuracy.Test >= 0.95 * plain.Trace[^1].Test).ToList();
        run.Measure("wrongAfterPruning", kept.Min(accuracy => accuracy.Wrong)); // removing nothing keeps the test accuracy, so there is one
        run.Measure("pruningAdvantage", Separation(pruning.LeastPeriodic) - Separation(pruning.Random));
        foreach (var (name, curve) in new[] { ("least", pruning.LeastPeriodic), ("most", pruning.MostPeriodic), ("random", pruning.Random) })
        {
            run.Record($"{name}Wrong", curve.Select(accuracy => accuracy.Wrong));
            run.Record($"{name}Test", curve.Select(accuracy => accuracy.Test));
        }

        static double Separation(CorruptedAccuracy[] curve) => curve.Max(accuracy => accuracy.Test - accuracy.Wrong);
    }

    private static void MeasureDecay(SeedRun run, AdditionExperiments.Training plain, AdditionExperiments.Training decayed, double xi)
    {
        var final = decayed.Trace[^1];
        run.Measure("decayWrong", final.Wrong);
        run.Measure("decayTest", final.Test);
        run.Measure("decayTrainDistance", Math.Abs(final.Train - (1 - xi)));
        run.Measure("decayPeriodicityGain", decayed.Periodicity.Average() - plain.Periodicity.Average());
        var trains = decayed.Trace.Select(accuracy => accuracy.Train).ToList();
        var peak = trains.IndexOf(trains.Max());
        run.Measure("peakMemorised", (trains[peak] - (1 - xi)) / xi);
        var fallen = trains.FindIndex(peak, train => train <= 1 - xi + 0.02);
        var grokked = decayed.Trace.Select(accuracy => accuracy.Test).ToList().FindIndex(test => test >= 0.9);
        run.Measure("unlearningDelay", fallen < 0 || grokked < 0 ? double.NaN : fallen - grokked);
        run.Measure("wrongWhenGrokked", grokked < 0 ? double.NaN : decayed.Trace[grokked].Wrong);
    }
    // #endregion measures

    private static void MeasureNormalisation(SeedRun run, AdditionExperiments.Normalised normalised)
    {
        run.Measure("scaleCorrelation", normalised.ScaleCorrelation);
        run.Measure("gainCorrelation", normalised.GainCorrelation);
        run.Measure("normalisedWrong", normalised.Final.Wrong);
        run.Measure("normalisedTest", normalised.Final.Test);
    }

    private static void MeasureMap(SeedRun run, CorruptedAccuracy[] map)
    {
        run.Record("mapWrong", map.Select(accuracy => accuracy.Wrong));
        run.Record("mapTest", map.Select(accuracy => accuracy.Test));
        foreach (var phase in Enum.GetValues<GrokkingPhase>())
            run.Measure($"map{phase}", map.Count(accuracy => GrokkingPhases.Classify(accuracy) == phase));
    }

    private static void RecordDynamics(SeedRun run, string name, AdditionExperiments.Training training, int steps)
    {
        var shown = Figures.ShownSteps(steps).Select(step => training.Trace[step]).ToList();
        run.Record($"{name}Clean", shown.Select(accuracy => accuracy.Clean));
        run.Record($"{name}Wrong", shown.Select(accuracy => accuracy.Wrong));
        run.Record($"{name}Test", shown.Select(accuracy => accuracy.Test));
    }

    /// <inheritdoc/>
    public void Draw(FigureSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        Figures.DrawDynamics(sheet);
        Figures.DrawPeriodicity(sheet);
        Figures.DrawPruning(sheet);
        Figures.DrawMap(sheet);
    }
}
