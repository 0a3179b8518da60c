using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.ScalingMlps;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>Bachmann, Anagnostidis and Hofmann (2023): how far MLPs on flattened pixels go when they are scaled.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of test accuracy";

    private static readonly ScaleRequirement _needsTraining = ScaleRequirements.FashionMnistImages with
    {
        Description = $"{ScaleRequirements.FashionMnistImages.Description}; and the passes of a full run: the step sizes are chosen for it, and a quick one ends too early",
        FullModeOnly = true,
    };

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "scaling-mlps",
        Title = "Scaling MLPs: A Tale of Inductive Bias",
        ArxivId = "2306.13575",
        Data = "Fashion-MNIST (Xiao, Rasul, Vollgraf 2017) at its full 28 × 28 pixels, normalised; training images drawn by seed, all 10,000 test images.",
        Claims =
        [
            new()
            {
                Id = "bottleneck-beats-standard",
                Statement = "An MLP with inverted bottlenecks and skips beats a standard MLP of as many parameters and as many activations.",
                Metric = "bottleneck-gain",
                Unit = Points,
                Baseline = "a standard MLP, its step size from the same grid, 0",
                Criterion = Criterion.AtLeast(2, nullValue: 0),
                PaperFigure = "CIFAR-10 from scratch, without augmentation: about 54 % for the standard MLP; the difference is not verified",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "augmentation-narrows-the-gap",
                Statement = "On a long schedule, crops, mirroring and MixUp lower the gap between training and test accuracy.",
                Metric = "gap-reduction",
                Unit = "percentage points of accuracy",
                Baseline = "the same schedule without augmentation, 0",
                Criterion = Criterion.AtLeast(2, nullValue: 0),
                PaperFigure = "not stated as a figure",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "augmentation-raises-accuracy",
                Statement = "On a long schedule, they raise the test accuracy.",
                Metric = "augmentation-gain",
                Unit = Points,
                Baseline = "the same schedule without augmentation, 0",
                Criterion = Criterion.AtLeast(0.5, nullValue: 0),
                PaperFigure = "CIFAR-10 from scratch: a gain of several points; the figures are not verified",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "large-batches-do-not-hurt",
                Statement = "After as many passes over the data, batches of 2,048 give at least the accuracy of batches of 64, each at its own step size.",
                Metric = "large-batch-gain",
                Unit = Points,
                Baseline = "a loss of one point",
                Criterion = Criterion.AtLeast(0, nullValue: -1),
                PaperFigure = "pretraining on ImageNet-21k: accuracy after transfer rises with the batch up to 16,384",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "power-law-in-compute",
                Statement = "The lowest test error that a compute buys, over widths and numbers of examples, is a power law over two decades of compute: R² of the line in logarithms.",
                Metric = "compute-r-squared",
                Unit = "R²",
                Baseline = "half of the variance, 0.5",
                Criterion = Criterion.AtLeast(0.9, nullValue: 0.5),
                PaperFigure = "a straight line in a log-log plot over several decades; its exponent is not verified",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "features-transfer",
                Statement = "Pretrained on five classes, a linear layer on the features tells the other five apart better than a network from scratch, at 50 images a class.",
                Metric = "probe-gain",
                Unit = Points,
                Baseline = "the same network from scratch, 0",
                Criterion = Criterion.AtLeast(1, nullValue: 0),
                PaperFigure = "pretrained on ImageNet-21k, B-12/Wi-1024 reaches 93 % on CIFAR-10 (the authors' later table: 94.2 %)",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "published-parameters",
                Statement = "The four published networks have the published numbers of parameters: the largest deviation, where the published are cut to whole millions.",
                Metric = "parameter-deviation",
                Unit = "millions of parameters",
                Baseline = "one block more or less of the largest network, 8.4",
                Criterion = Criterion.AtMost(1, nullValue: 8.4),
                PaperFigure = "24, 37, 74 and 124 million",
                Deterministic = true,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("images", 10_000, 2048, 24_000, "Training images in the claims about architecture, batches and transfer (there: twice as many, half of them of known classes)."),
            ParameterDeclaration.Real("epochs", 20, 1, 200, "Passes over them; pretraining takes half as many."),
            ParameterDeclaration.Whole("few-images", 2000, 200, 20_000, "Training images of the long schedule."),
            ParameterDeclaration.Real("long-epochs", 120, 8, 2000, "Passes of the long schedule."),
            ParameterDeclaration.Whole("most-examples", 40_960, 5120, 60_000, "The most examples, each seen once, in the claim about compute; the fewest are 1,280."),
            ParameterDeclaration.Whole("blocks", 4, 1, 12, "L, blocks of the network with bottlenecks."),
            ParameterDeclaration.Whole("width", 64, 8, 512, "m, its width."),
            ParameterDeclaration.Real("weight-decay", 0, 0, 10, "Decoupled weight decay of matrices; the authors' code has none by default."),
            Rate("standard", 3e-4, "standard MLP"),
            Rate("bottleneck-64", 3e-4, "MLP with bottlenecks, batches of 64, also for pretraining"),
            Rate("bottleneck-512", 3e-3, "MLP with bottlenecks, batches of 512"),
            Rate("bottleneck-2048", 1e-3, "MLP with bottlenecks, batches of 2,048"),
            Rate("long-plain", 3e-3, "long schedule without augmentation"),
            Rate("long-augmented", 1e-3, "long schedule with augmentation"),
            Rate("once", 1e-3, "networks that see every example once"),
            Rate("scratch", 1e-4, "network from scratch on few images"),
            Rate("probe", 1e-2, "linear layer on pretrained features"),
            Rate("pixels", 3e-4, "linear layer on pixels"),
            Rate("untrained-probe", 1e-3, "linear layer on untrained features"),
            ParameterDeclaration.Switch("tuning", false, "Instead of the claims, measures every arm over the grid of step sizes on held-out training images, with streams of its own."),
        ],
        Seeds = [1, 2, 3, 4],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["images"] = 4096, ["epochs"] = 6, ["few-images"] = 1000, ["long-epochs"] = 40, ["most-examples"] = 5_120 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 4 },
    };
    // #endregion declaration

    private static ParameterDeclaration Rate(string arm, double value, string of) =>
        ParameterDeclaration.Real($"rate-{arm}", value, 1e-6, 0.1, $"Lion's step size: {of}.");

    public void RunSeed(SeedRun run)
    {
        // One thread, so that every machine adds in the same order.
        set_num_threads(1);
        run.Measure("parameter-deviation", PublishedDeviation());
        // Without the images the claims about them can't be decided, and their verdicts say so.
        if (FashionMnist.FindFolder() is not { } folder)
            return;
        var most = Math.Max(2 * run.Setting.Whole("images"), run.Setting.Whole("most-examples"));
        var tuning = run.Setting.Switch("tuning");
        using var scope = NewDisposeScope();
        using var sample = ImageSample.Draw(FashionMnist.Read(folder), tuning ? most + 2000 : most, 10_000, run.Seed.Stream(tuning ? "tuning" : "images"));
        var data = ExampleSplit.Of(sample);
        var training = new Training(run.Setting.Real("weight-decay"), run.CancellationToken);
        var architectures = new ArchitectureExperiment(training, run.Setting.Whole("blocks"), run.Setting.Whole("width"));
        if (tuning)
        {
            Tune(run, training, architectures, data);
            return;
        }
        MeasureArchitectures(run, architectures, data.First(run.Setting.Whole("images")));
        MeasureAugmentation(run, training, architectures, data.First(run.Setting.Whole("few-images")));
        MeasureCompute(run, training, data.First(run.Setting.Whole("most-examples")));
        MeasureTransfer(run, training, data.First(2 * run.Setting.Whole("images")));
    }

    private static double RateOf(SeedRun run, string arm) => run.Setting.Real($"rate-{arm}");

    private static double PublishedDeviation()
    {
        var deviations = new List<double>();
        foreach (var (options, millions) in ((InvertedBottleneckMlpOptions, double)[])
            [(InvertedBottleneckMlpOptions.B6Wi512, 24), (InvertedBottleneckMlpOptions.B12Wi512, 37), (InvertedBottleneckMlpOptions.B6Wi1024, 74), (InvertedBottleneckMlpOptions.B12Wi1024, 124)])
        {
            using var model = new InvertedBottleneckMlp(options, META);
            deviations.Add(Math.Abs(ModelCost.Parameters(model) / 1e6 - millions));
        }
        return deviations.Max();
    }

    private static void Tune(SeedRun run, Training training, ArchitectureExperiment architectures, ExampleSplit data)
    {
        var accuracies = StepSizeTuning.Run(
            training, architectures, data, run.Setting.Whole("images"), run.Setting.Whole("few-images"), run.Setting.Real("epochs"), run.Setting.Real("long-epochs"),
            run.Setting.Whole("blocks"), run.Setting.Whole("width"), run.Seed.Stream("tuning"));
        foreach (var (arm, rate, accuracy) in accuracies)
        {
            run.Measure(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"held-out-{arm}-{rate:0.0000}"), accuracy);
            run.Progress(Array.IndexOf(StepSizeTuning.Grid, rate) / (double)StepSizeTuning.Grid.Length, "Step sizes");
        }
    }

    private static void MeasureArchitectures(SeedRun run, ArchitectureExperiment architectures, ExampleSplit data)
    {
        run.Progress(0, "Architectures");
        var seed = run.Seed.Stream("architectures");
        var epochs = run.Setting.Real("epochs");
        var standard = architectures.Accuracy(
            architectures.Standard, data, RateOf(run, "standard"), epochs, ArchitectureExperiment.SmallBatch, seed);
        var bottleneck = new List<double>();
        foreach (var batch in ArchitectureExperiment.Batches)
        {
            run.Progress(0.15 + 0.1 * bottleneck.Count, "Batches");
            bottleneck.Add(architectures.Accuracy(architectures.Bottleneck, data, RateOf(run, $"bottleneck-{batch}"), epochs, batch, seed));
        }
        run.Measure("bottleneck-gain", bottleneck[0] - standard);
        run.Measure("large-batch-gain", bottleneck[^1] - bottleneck[0]);
        run.Measure("standard-accuracy", standard);
        for (var i = 0; i < bottleneck.Count; i++)
            run.Measure($"bottleneck-accuracy-batch-{ArchitectureExperiment.Batches[i]}", bottleneck[i]);
        run.Measure("bottleneck-parameters", architectures.Parameters);
        run.Measure("standard-parameter-share", architectures.ParameterShare());
        run.Record("batch-accuracies", bottleneck);
    }

    private static void MeasureAugmentation(SeedRun run, Training training, ArchitectureExperiment architectures, ExampleSplit data)
    {
        var outcomes = new List<AugmentationExperiment.Outcome>();
        foreach (var (arm, augment) in ((string, bool)[])[("long-plain", false), ("long-augmented", true)])
        {
            var from = 0.35 + 0.2 * outcomes.Count;
            var outcome = AugmentationExperiment.Run(
                training, architectures.Bottleneck, data, RateOf(run, arm), run.Setting.Real("long-epochs"), augment, run.Seed.Stream("augmentation"),
                done => run.Progress(from + 0.2 * done, "Long schedules"));
            run.Measure($"{arm}-train", outcome.Train[^1]);
            run.Measure($"{arm}-test", outcome.Test[^1]);
            if (outcome.Averaged is { } averaged)
                run.Measure($"{arm}-averaged-gain", averaged - outcome.Test[^1]);
            run.Record($"{arm}-train", outcome.Train);
            run.Record($"{arm}-test", outcome.Test);
            outcomes.Add(outcome);
        }
        run.Measure("gap-reduction", outcomes[0].Train[^1] - outcomes[0].Test[^1] - (outcomes[1].Train[^1] - outcomes[1].Test[^1]));
        run.Measure("augmentation-gain", outcomes[1].Test[^1] - outcomes[0].Test[^1]);
        run.Measure("augmentation-gain-short", outcomes[1].Test[0] - outcomes[0].Test[0]);
    }

    private static void MeasureCompute(SeedRun run, Training training, ExampleSplit data)
    {
        var points = ComputeExperiment.Run(training, data, RateOf(run, "once"), run.Seed.Stream("compute"), done => run.Progress(0.75 + 0.15 * done, "Compute"));
        var frontier = ComputeExperiment.Frontier(points);
        var law = ComputeExperiment.Law(frontier, point => point.Error);
        run.Measure("compute-r-squared", law.RSquared);
        run.Measure("compute-exponent", law.Exponent);
        run.Measure("compute-decades", Math.Log10(frontier[^1].Compute / frontier[0].Compute));
        run.Measure("frontier-points", frontier.Count);
        run.Measure("parameters-exponent", ComputeExperiment.Law(frontier, point => point.Parameters).Exponent);
        run.Measure("examples-exponent", ComputeExperiment.Law(frontier, point => point.Examples).Exponent);
        run.Measure("least-error", frontier[^1].Error);
        run.Record("compute", points.Select(point => point.Compute));
        run.Record("errors", points.Select(point => point.Error));
        run.Record("widths", points.Select(point => (double)point.Width));
        run.Record("law", [law.Prefactor, law.Exponent, frontier[0].Compute, frontier[^1].Compute]);
    }

    private static void MeasureTransfer(SeedRun run, Training training, ExampleSplit data)
    {
        run.Progress(0.9, "Transfer");
        var seed = run.Seed.Stream("transfer");
        var transfer = new TransferExperiment(training, run.Setting.Whole("blocks"), run.Setting.Whole("width"), data, seed);
        using var pretrained = transfer.Pretrain(RateOf(run, "bottleneck-64"), run.Setting.Real("epochs") / 2, seed);
        var (probe, scratch) = (transfer.Probe(pretrained, RateOf(run, "probe"), seed), transfer.Scratch(RateOf(run, "scratch"), seed));
        run.Measure("probe-gain", probe - scratch);
        run.Measure("probe-accuracy", probe);
        run.Measure("scratch-accuracy", scratch);
        run.Measure("pixels-accuracy", transfer.Pixels(RateOf(run, "pixels"), seed));
        run.Measure("untrained-probe-accuracy", transfer.UntrainedProbe(RateOf(run, "untrained-probe"), seed));
    }

    public void Draw(FigureSheet sheet)
    {
        if (FashionMnist.FindFolder() is not null && !sheet.Setting.Switch("tuning"))
            Figures.Draw(sheet);
    }
}
