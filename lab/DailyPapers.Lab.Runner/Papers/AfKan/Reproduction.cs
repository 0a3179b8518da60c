using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Runner.Reproductions;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.AfKan;

/// <summary>Ta and Tran (2025): KAN layers made of activation functions, their parameters reduced by attention.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of test accuracy";

    private static readonly ScaleRequirement _needsImages = new()
    {
        Description = $"needs the Fashion-MNIST images: install Debian's dataset-fashion-mnist, or set {FashionMnist.FolderVariable} to a folder with the four IDX files",
        Data = FashionMnist.Requirement,
    };

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "af-kan",
        Title = "AF-KAN: Activation Function-Based Kolmogorov-Arnold Networks for Efficient Representation Learning",
        ArxivId = "2503.06112",
        Data = "Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): training images drawn by seed, all 10,000 test images. Standard normal inputs for the times.",
        Claims =
        [
            new()
            {
                Id = "beats-relu-kan",
                Statement = "With as many parameters AF-KAN has a better test accuracy than ReLU-KAN, at the same number of steps, each with its own tuned step size.",
                Metric = "gain-over-relu-kan",
                Unit = Points,
                Baseline = "ReLU-KAN, 784-9-10, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = "above ReLU-KAN on MNIST and Fashion-MNIST; margin not verified",
                SmallestScale = _needsImages,
            },
            new()
            {
                Id = "beats-mlp",
                Statement = "And than an MLP.",
                Metric = "gain-over-mlp",
                Unit = Points,
                Baseline = "MLP with layer norms and SiLU, 784-65-10, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = "above the MLP on MNIST and Fashion-MNIST; margin not verified",
                SmallestScale = _needsImages,
            },
            new()
            {
                Id = "equal-parameters",
                Statement = "The three have as many parameters: the larger of ReLU-KAN's and the MLP's deviation from AF-KAN's.",
                Metric = "parameter-deviation",
                Unit = "percent",
                Baseline = "twice as many, 100",
                Criterion = Criterion.AtMost(2, nullValue: 100),
                PaperFigure = "about 52 thousand each",
            },
            new()
            {
                Id = "small-loses-little",
                Statement = "AF-KAN with a sixth of the parameters is hardly worse than the full MLP: the MLP less the small AF-KAN.",
                Metric = "small-loss",
                Unit = Points,
                Baseline = "a loss of five points",
                Criterion = Criterion.AtMost(1.5, nullValue: 5),
                PaperFigure = "competitive with 6 to 10 times fewer parameters",
                SmallestScale = _needsImages,
            },
            new()
            {
                Id = "small-is-small",
                Statement = "It has at least six times fewer parameters than the MLP.",
                Metric = "parameter-ratio",
                Unit = "ratio",
                Baseline = "as many, 1",
                Criterion = Criterion.AtLeast(6, nullValue: 1),
                PaperFigure = "6 to 10 times fewer",
            },
            new()
            {
                Id = "costs-time",
                Statement = "A training step of AF-KAN takes longer than the MLP's, batches of 64, one thread.",
                Metric = "step-time-ratio",
                Unit = "time of AF-KAN / time of the MLP",
                Baseline = "as long, 1",
                Criterion = Criterion.AtLeast(1.5, nullValue: 1),
                PaperFigure = "longer training, more FLOPs; factor not verified",
                MachineDependent = true,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("train", 10_000, 500, 60_000, "Training images."),
            ParameterDeclaration.Whole("epochs", 4, 1, 200, "Passes over them."),
            ParameterDeclaration.Real("mlp-step", 0.016, 1e-5, 0.1, "Largest step size of the MLP."),
            ParameterDeclaration.Real("relu-kan-step", 0.008, 1e-5, 0.1, "Largest step size of ReLU-KAN."),
            ParameterDeclaration.Real("af-kan-step", 0.016, 1e-5, 0.1, "Largest step size of AF-KAN."),
            ParameterDeclaration.Real("small-mlp-step", 0.004, 1e-5, 0.1, "Largest step size of the small MLP."),
            ParameterDeclaration.Real("small-af-kan-step", 0.016, 1e-5, 0.1, "Largest step size of the small AF-KAN."),
            ParameterDeclaration.Real("seconds", 2, 0.05, 60, "Seconds that the timing's rounds of a seed may take."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["train"] = 5000, ["epochs"] = 3, ["seconds"] = 0.5 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            MeasureCosts(run);
            MeasureAccuracies(run);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static void MeasureCosts(SeedRun run)
    {
        run.Progress(0, "Times");
        var parameters = NetworkTraining.Kinds.ToDictionary(kind => kind, NetworkTraining.Parameters);
        foreach (var (kind, count) in parameters)
        {
            run.Measure($"parameters-{kind}", count);
            run.Measure($"multiply-adds-{kind}", NetworkTraining.MultiplyAdds(kind));
        }
        run.Measure("parameter-deviation", 100 * Math.Max(
            Math.Abs(parameters["relu-kan"] / (double)parameters["af-kan"] - 1), Math.Abs(parameters["mlp"] / (double)parameters["af-kan"] - 1)));
        run.Measure("parameter-ratio", parameters["mlp"] / (double)parameters["small-af-kan"]);
        using var pinned = PinnedThread.ToLastCore();
        var (milliseconds, ratio) = NetworkTraining.TimeSteps(run.Seed.Stream("timing"), run.Setting.Real("seconds"), run.CancellationToken);
        run.Measure("step-time-ratio", ratio);
        run.Record("milliseconds", milliseconds);
    }

    private static void MeasureAccuracies(SeedRun run)
    {
        if (FashionMnist.FindFolder() is not { } folder)
            return;
        run.Progress(0.05, "Images");
        using var data = ImageSample.Draw(FashionMnist.Read(folder), run.Setting.Whole("train"), 10_000, run.Seed.Stream("images"));
        var training = new NetworkTraining(
            data, new(run.Setting.Whole("epochs"), NetworkTraining.Kinds.ToDictionary(kind => kind, kind => run.Setting.Real($"{kind}-step"))), run.Seed.Stream("training"));
        var accuracy = new Dictionary<string, double>();
        foreach (var (kind, place) in NetworkTraining.Kinds.Select((kind, place) => (kind, place)))
        {
            var share = 0.95 / NetworkTraining.Kinds.Length;
            var outcome = training.Train(kind, done => run.Progress(0.05 + share * (place + done), $"Training, {kind}"), run.CancellationToken);
            accuracy[kind] = outcome.Accuracy;
            run.Measure($"accuracy-{kind}", outcome.Accuracy);
            run.Measure($"last-loss-{kind}", outcome.Loss[^1]);
            run.Record($"loss-{kind}", outcome.Loss);
            if (kind == "af-kan")
            {
                for (var function = 0; function < outcome.Functions.Length; function++)
                    run.Record($"function-{function}", outcome.Functions[function]);
            }
        }
        run.Measure("gain-over-relu-kan", accuracy["af-kan"] - accuracy["relu-kan"]);
        run.Measure("gain-over-mlp", accuracy["af-kan"] - accuracy["mlp"]);
        run.Measure("small-loss", accuracy["mlp"] - accuracy["small-af-kan"]);
        run.Measure("small-mlp-loss", accuracy["mlp"] - accuracy["small-mlp"]);
        run.Record("accuracies", NetworkTraining.Kinds.Select(kind => accuracy[kind]));
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
