using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.AfKan;

/// <summary>Ta and Tran (2025): KAN layers made of activation functions, their parameters reduced by attention.</summary>
internal sealed class Reproduction : IReproduction
{
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
                Unit = ClassifierComparison.Points,
                Baseline = "ReLU-KAN, 784-9-10, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = "above ReLU-KAN on MNIST and Fashion-MNIST; margin not verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "beats-mlp",
                Statement = "And than an MLP.",
                Metric = "gain-over-mlp",
                Unit = ClassifierComparison.Points,
                Baseline = "MLP with layer norms and SiLU, 784-65-10, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = "above the MLP on MNIST and Fashion-MNIST; margin not verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "equal-parameters",
                Statement = "The three have as many parameters: the larger of ReLU-KAN's and the MLP's deviation from AF-KAN's.",
                Metric = "parameter-deviation",
                Unit = "percent",
                Baseline = "twice as many, 100",
                Criterion = Criterion.AtMost(2, nullValue: 100),
                PaperFigure = "the same number of parameters",
            },
            new()
            {
                Id = "competitive-with-larger",
                Statement = "It is not much worse than a ReLU-KAN of the same widths: that one's accuracy less AF-KAN's.",
                Metric = "loss-to-wide-relu-kan",
                Unit = ClassifierComparison.Points,
                Baseline = "a loss of two points",
                Criterion = Criterion.AtMost(0.5, nullValue: 2),
                PaperFigure = "competitive with 6 to 10 times fewer parameters in the same network structure; margin not verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "larger-is-larger",
                Statement = "Which has at least six times as many parameters, G + k = 6 weights where AF-KAN has one.",
                Metric = "parameter-ratio",
                Unit = "ratio",
                Baseline = "as many, 1",
                Criterion = Criterion.AtLeast(6, nullValue: 1),
                PaperFigure = "6 to 10 times",
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
            .. Networks.Comparison.Parameters(train: 10_000, epochs: 4),
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
        var parameters = new Dictionary<string, double>();
        foreach (var arm in Networks.Comparison.Arms)
        {
            var cost = Networks.Cost(arm);
            parameters[arm.Name] = cost.Parameters;
            run.Measure($"parameters-{arm.Name}", cost.Parameters);
            run.Measure($"multiply-adds-{arm.Name}", cost.MultiplyAdds);
        }
        run.Measure("parameter-deviation", 100 * Math.Max(Math.Abs(parameters["relu-kan"] / parameters["af-kan"] - 1), Math.Abs(parameters["mlp"] / parameters["af-kan"] - 1)));
        run.Measure("parameter-ratio", parameters["wide-relu-kan"] / parameters["af-kan"]);
        using var pinned = PinnedThread.ToLastCore();
        var (milliseconds, ratio) = Networks.TimeSteps(run.Seed.Stream("timing"), run.Setting.Real("seconds"), run.CancellationToken);
        run.Measure("step-time-ratio", ratio);
        run.Record("milliseconds", milliseconds);
    }

    private static void MeasureAccuracies(SeedRun run)
    {
        var accuracies = Networks.Comparison.Measure(run, (arm, network) =>
        {
            if (arm.Name != "af-kan")
                return;
            foreach (var (function, values) in Networks.Functions(network).Index())
                run.Record($"function-{function}", values);
        });
        if (accuracies is null)
            return;
        run.Measure("gain-over-relu-kan", accuracies["af-kan"] - accuracies["relu-kan"]);
        run.Measure("gain-over-mlp", accuracies["af-kan"] - accuracies["mlp"]);
        run.Measure("loss-to-wide-relu-kan", accuracies["wide-relu-kan"] - accuracies["af-kan"]);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
