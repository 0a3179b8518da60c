using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Guidance;

/// <summary>Subramaniam et al. (2024): a network that trains badly is made to train by aligning it with another one.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of test accuracy";

    private static readonly string[] _ways = ["alone", "guided", "early"];

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "guidance",
        Title = "Training the Untrainable: Introducing Inductive Bias via Representational Alignment",
        ArxivId = "2410.20035",
        Data = "Fashion-MNIST (Xiao, Rasul, Vollgraf 2017) at half its resolution, 14 × 14 pixels, images drawn by seed; and sequences of the copy task, 8 of 8 symbols to remember, drawn anew for every step.",
        Claims =
        [
            new()
            {
                Id = "dense-gains",
                Statement = "A fully connected network of 20 layers, guided by an untrained convolutional network, is more accurate than alone.",
                Metric = "dense-gain",
                Unit = Points,
                Baseline = "the same network alone, 0",
                Criterion = Criterion.AtLeast(2, nullValue: 0),
                PaperFigure = "several points on ImageNet (not verified)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "dense-gap",
                Statement = "Its training accuracy exceeds its test accuracy by less than alone: gap guided less gap alone.",
                Metric = "dense-gap-change",
                Unit = "percentage points of accuracy",
                Baseline = "the same gap, 0",
                Criterion = Criterion.AtMost(0, nullValue: 0),
                PaperFigure = "guidance removes overfitting at once (not verified)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "plain-reaches-residual",
                Statement = "A convolutional network of 20 layers without residual paths, guided by a trained one with them, comes within two points of it: guided less guide.",
                Metric = "plain-to-guide",
                Unit = Points,
                Baseline = "ten points less",
                Criterion = Criterion.AtLeast(-2, nullValue: -10),
                PaperFigure = "competitive with a ResNet on ImageNet (not verified)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "plain-fails-alone",
                Statement = "Alone it fails: at least ten points below the residual network.",
                Metric = "plain-alone-loss",
                Unit = Points,
                Baseline = "within two points",
                Criterion = Criterion.AtLeast(10, nullValue: 2),
                PaperFigure = "not stated",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "recurrent-copies",
                Statement = "A recurrent network, guided by a transformer that has learnt to copy, makes at most half of the errors that it makes alone.",
                Metric = "copy-error-ratio",
                Unit = "error guided / error alone",
                Baseline = "as many errors, 1",
                Criterion = Criterion.AtMost(0.5, nullValue: 1),
                PaperFigure = "guidance improves RNNs on copy-paste (not verified)",
            },
            new()
            {
                Id = "early-guidance-suffices",
                Statement = "Guided for the first tenth of the steps only, the fully connected network keeps at least half of its gain: gain with early guidance less half the gain with guidance throughout.",
                Metric = "early-less-half",
                Unit = Points,
                Baseline = "exactly half, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "guidance can be dropped early, as an initialisation (not verified)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "alignment-is-invariant",
                Statement = "Linear CKA is 1 between representations that differ by rotation, scale and shift: the largest deviation.",
                Metric = "invariance-deviation",
                Unit = "CKA",
                Baseline = "unrelated, 1",
                Criterion = Criterion.AtMost(1e-10, nullValue: 1),
                PaperFigure = "by definition",
                Deterministic = true,
            },
            new()
            {
                Id = "alignment-has-its-gradient",
                Statement = "Its gradient by automatic differentiation is that of central differences: the largest relative deviation.",
                Metric = "gradient-deviation",
                Unit = "relative deviation",
                Baseline = "unrelated, 1",
                Criterion = Criterion.AtMost(1e-5, nullValue: 1),
                PaperFigure = "by definition",
                Deterministic = true,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("train", 2000, 100, 60_000, "Training images."),
            ParameterDeclaration.Whole("test", 2000, 100, 10_000, "Test images."),
            ParameterDeclaration.Whole("denseSteps", 500, 20, 50_000, "Steps of every training of fully connected networks."),
            ParameterDeclaration.Whole("convolutionalSteps", 150, 20, 50_000, "Steps of every training of convolutional networks."),
            ParameterDeclaration.Whole("copySteps", 1500, 20, 50_000, "Steps of every training on the copy task."),
            ParameterDeclaration.Whole("batch", 64, 8, 1024, "Examples in a step."),
            ParameterDeclaration.Real("stepSize", 0, 0, 0.1, "Adam's first learning rate for all networks; 0 for each one's tuned one."),
        ],
        Seeds = [1, 2, 3],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["train"] = 1000, ["test"] = 1000, ["denseSteps"] = 150, ["convolutionalSteps"] = 60, ["copySteps"] = 150 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 3 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The products are so small that a second thread spends more time waiting than computing.
        set_num_threads(1);
        run.Measure("invariance-deviation", ExactChecks.Invariance(run.Seed.Stream("invariance")));
        run.Measure("gradient-deviation", ExactChecks.Gradient(run.Seed.Stream("gradient")));
        MeasureCopying(run);
        if (FashionMnist.FindFolder() is { } folder)
            MeasureImages(run, folder);
    }

    private static void MeasureCopying(SeedRun run)
    {
        run.Progress(0, "Copy task");
        var outcome = CopyExperiment.Run(
            run.Setting.Whole("copySteps"), run.Setting.Whole("batch"), StepSize(run, Tuned.Transformer), StepSize(run, Tuned.RecurrentAlone), StepSize(run, Tuned.RecurrentGuided),
            run.Seed.Stream("copy"), run.CancellationToken);
        // An error too few to be seen in the test counts as one.
        run.Measure("copy-error-ratio", Math.Max(outcome.Guided, 1e-4) / Math.Max(outcome.Alone, 1e-4));
        run.Measure("copy-error-alone", outcome.Alone);
        run.Measure("copy-error-guided", outcome.Guided);
        run.Measure("copy-error-early", outcome.Early);
        run.Measure("copy-error-guide", outcome.Guide);
        run.Record("copy", [outcome.Alone, outcome.Guided, outcome.Early, outcome.Guide]);
    }

    private static void MeasureImages(SeedRun run, string folder)
    {
        var batch = run.Setting.Whole("batch");
        using var images = new ImageExperiment(folder, run.Setting.Whole("train"), run.Setting.Whole("test"), run.Seed.Stream("images"), run.CancellationToken);
        run.Progress(0.3, "Fully connected");
        var dense = images.FullyConnected(run.Setting.Whole("denseSteps"), batch, StepSize(run, Tuned.DenseAlone), StepSize(run, Tuned.DenseGuided));
        run.Measure("dense-gain", dense.Guided.Test - dense.Alone.Test);
        run.Measure("dense-gap-change", dense.Guided.Gap - dense.Alone.Gap);
        run.Measure("early-less-half", dense.Early.Test - dense.Alone.Test - (dense.Guided.Test - dense.Alone.Test) / 2);
        Report(run, "dense", dense.Alone, dense.Guided, dense.Early);

        run.Progress(0.6, "Convolutional");
        var plain = images.Convolutional(
            run.Setting.Whole("convolutionalSteps"), batch, StepSize(run, Tuned.Residual), StepSize(run, Tuned.PlainAlone), StepSize(run, Tuned.PlainGuided));
        run.Measure("plain-to-guide", plain.Guided.Test - plain.Guide);
        run.Measure("plain-alone-loss", plain.Guide - plain.Alone.Test);
        run.Measure("residual-test", plain.Guide);
        Report(run, "plain", plain.Alone, plain.Guided);
        run.Record("residual", [plain.Guide]);
    }

    private static void Report(SeedRun run, string network, params ImageExperiment.Outcome[] outcomes)
    {
        foreach (var (way, outcome) in _ways.Zip(outcomes))
        {
            run.Measure($"{network}-{way}-test", outcome.Test);
            run.Measure($"{network}-{way}-train", outcome.Train);
            run.Measure($"{network}-{way}-cka", outcome.Alignment);
        }
        run.Record($"{network}-test", outcomes.Select(outcome => outcome.Test));
        run.Record($"{network}-train", outcomes.Select(outcome => outcome.Train));
        run.Record($"{network}-cka", outcomes.Select(outcome => outcome.Alignment));
    }

    private static double StepSize(SeedRun run, double tuned) => run.Setting.Real("stepSize") is > 0 and var given ? given : tuned;

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
