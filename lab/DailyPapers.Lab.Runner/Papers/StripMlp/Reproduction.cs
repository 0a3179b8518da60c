using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.StripMlp;

/// <summary>Cao et al. (2023): strips that see their neighbours, in channel groups, rows before columns.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of test accuracy";
    private const int Test = 1000;

    private static readonly ScaleRequirement _needsTraining = new()
    {
        Description = "160 steps and eight seeds; after the 50 steps of a quick run, training has hardly begun",
        FullModeOnly = true,
    };

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "strip-mlp",
        Title = "Strip-MLP: Efficient Token Interaction for Vision MLP",
        ArxivId = "2307.11458",
        Data = "The 1,797 8 × 8 digits (Alpaydin and Kaynak 1998) at twice their size, moved by up to two pixels, with noise, split by seed; and synthetic images of a bright row and a bright column, whose class is the sum of their numbers modulo ten, drawn anew for every seed.",
        Claims =
        [
            new()
            {
                Id = "beats-row-column-digits",
                Statement = "On few images, Strip-MLP has a better test accuracy than row and column mixing at the same number of parameters: difference on the moved digits.",
                Metric = "digits-gain",
                Unit = Points,
                Baseline = "row and column mixing, 0",
                Criterion = Criterion.AtLeast(1, nullValue: 0),
                PaperFigure = "average over models: +2.44 points on Caltech-101 and +2.16 on CIFAR-100 against earlier MLP networks, trained from scratch (abstract)",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "beats-row-column-bars",
                Statement = "The same on images whose class needs a row's and a column's place together.",
                Metric = "bars-gain",
                Unit = Points,
                Baseline = "row and column mixing, 0",
                Criterion = Criterion.AtLeast(1, nullValue: 0),
                PaperFigure = "not stated; the task is ours",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "neighbours-matter",
                Statement = "Without the neighbouring strips (kernels of one instead of three) the accuracy on the digits is lower: full less without.",
                Metric = "neighbours-gain",
                Unit = Points,
                Baseline = "no neighbours, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "an ablation in the paper; its figures are not verified here",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "cascade-matters",
                Statement = "With rows and columns side by side instead of one after the other the accuracy on the digits is lower: full less parallel.",
                Metric = "cascade-gain",
                Unit = Points,
                Baseline = "rows and columns in parallel, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "an ablation in the paper; its figures are not verified here",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "local-mixing-matters",
                Statement = "Without local strip mixing, all channels going through the cascade, the accuracy on the digits is lower: full less without.",
                Metric = "local-gain",
                Unit = Points,
                Baseline = "no local mixing, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "an ablation in the paper; its figures are not verified here",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "larger-on-small-maps",
                Statement = "Strip mixing in the 4 × 4 stage only gains more over row and column mixing than in the 8 × 8 stage only: difference of the gains on the digits.",
                Metric = "small-map-advantage",
                Unit = Points,
                Baseline = "equal gains, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "stated in words: the interaction dilemma is one of deep layers with small maps",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "whole-map-seen",
                Statement = "After one cascade the middle position depends on every position of a 14 × 14 map: share with a gradient other than zero.",
                Metric = "cascade-coverage",
                Unit = "share of positions",
                Baseline = "the middle's row and column alone, 27 / 196",
                Criterion = Criterion.AtLeast(1, nullValue: 27 / 196.0),
                PaperFigure = "stated in words",
                Deterministic = true,
            },
            new()
            {
                Id = "shared-linear-map",
                Statement = "With kernels of one and one group, a strip step is one linear map shared by all channels and rows: largest difference, in double precision.",
                Metric = "linear-difference",
                Unit = "absolute difference",
                Baseline = "another function, 1",
                Criterion = Criterion.AtMost(1e-10, nullValue: 1),
                PaperFigure = "follows from the definition",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("steps", 160, 10, 20_000, "Steps of AdamW in every training, with batches of 50."),
            ParameterDeclaration.Whole("width", 16, 8, 128, "Channels of the first stage, a multiple of 8; the second has twice as many."),
            ParameterDeclaration.Whole("train", 400, 200, 797, "Training images; the curve has a quarter of them too."),
            ParameterDeclaration.Real("digits-noise", 0.1, 0, 2, "Standard deviation of the noise on the digits, whose pixels go from 0 to 1."),
            ParameterDeclaration.Real("bars-noise", 0.1, 0, 2, "Standard deviation of the noise on the bars, whose pixels are 0 or 1."),
            ParameterDeclaration.Real("strip-step", 0.04, 1e-5, 1, "Peak step size of networks with strip mixing in a stage."),
            ParameterDeclaration.Real("row-column-step", 0.04, 1e-5, 1, "Peak step size of row and column mixing."),
        ],
        Seeds = [1, 2, 3, 4, 5, 6, 7, 8],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 50 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 8 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // Networks and maps are small; a second thread mostly waits.
        TorchSharp.torch.set_num_threads(1);
        MeasureExact(run);
        var training = new MixerTraining(
            run.Setting.Whole("steps"), run.Setting.Whole("width"), run.Setting.Real("strip-step"), run.Setting.Real("row-column-step"));
        MeasureDigits(run, training);
        MeasureBars(run, training);
    }

    private static void MeasureExact(SeedRun run)
    {
        var seed = run.Seed.Stream("exact");
        var (cascade, parallel) = (ExactChecks.Coverage(cascade: true, seed), ExactChecks.Coverage(cascade: false, seed));
        run.Measure("cascade-coverage", cascade.Share);
        run.Measure("parallel-coverage", parallel.Share);
        run.Measure("linear-difference", ExactChecks.LinearDifference(seed));
        run.Record("cascade-field", cascade.Field);
        run.Record("parallel-field", parallel.Field);
    }

    private static void MeasureDigits(SeedRun run, MixerTraining training)
    {
        var seed = run.Seed.Stream("digits");
        var train = run.Setting.Whole("train");
        using var task = ImageTask.MovedDigits(train, Test, run.Setting.Real("digits-noise"), seed);
        var accuracies = new Dictionary<Mixer, double>();
        foreach (var mixer in Mixer.All)
        {
            run.Progress(0.08 * accuracies.Count, $"digits, {mixer.Name}");
            using var network = training.Train(mixer, task, train, seed.Stream("network"), run.CancellationToken);
            accuracies[mixer] = MixerTraining.Accuracy(network, task);
            run.Measure($"digits-accuracy-{mixer.Name}", accuracies[mixer]);
            run.Measure($"parameters-{mixer.Name}", Architectures.ModelCost.Parameters(network));
        }
        run.Measure("digits-gain", accuracies[Mixer.Full] - accuracies[Mixer.RowColumn]);
        run.Measure("neighbours-gain", accuracies[Mixer.Full] - accuracies[Mixer.NoNeighbours]);
        run.Measure("cascade-gain", accuracies[Mixer.Full] - accuracies[Mixer.Parallel]);
        run.Measure("local-gain", accuracies[Mixer.Full] - accuracies[Mixer.NoLocal]);
        run.Measure("small-map-advantage", accuracies[Mixer.OnlySmallMap] - accuracies[Mixer.OnlyLargeMap]);
        run.Record("digits-accuracies", Mixer.All.Select(mixer => accuracies[mixer]));

        foreach (var mixer in new[] { Mixer.Full, Mixer.RowColumn })
        {
            run.Progress(mixer == Mixer.Full ? 0.56 : 0.66, $"digits, {mixer.Name}, fewer images");
            var quarter = training.Accuracy(mixer, task, train / 4, seed.Stream("quarter"), run.CancellationToken);
            run.Measure($"digits-quarter-accuracy-{mixer.Name}", quarter);
            run.Record($"digits-by-size-{mixer.Name}", [quarter, accuracies[mixer]]);
        }
    }

    private static void MeasureBars(SeedRun run, MixerTraining training)
    {
        var seed = run.Seed.Stream("bars");
        var train = run.Setting.Whole("train");
        using var task = ImageTask.Bars(train, Test, run.Setting.Real("bars-noise"), seed);
        var accuracies = new Dictionary<Mixer, double>();
        foreach (var mixer in new[] { Mixer.Full, Mixer.RowColumn })
        {
            run.Progress(0.8 + 0.1 * accuracies.Count, $"bars, {mixer.Name}");
            accuracies[mixer] = training.Accuracy(mixer, task, train, seed.Stream("network"), run.CancellationToken);
            run.Measure($"bars-accuracy-{mixer.Name}", accuracies[mixer]);
        }
        run.Measure("bars-gain", accuracies[Mixer.Full] - accuracies[Mixer.RowColumn]);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
