using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.KolmogorovArnoldTransformer;

/// <summary>Yang and Wang (2024): a transformer whose MLPs are Kolmogorov-Arnold layers of rational functions.</summary>
internal sealed class Reproduction : IReproduction
{
    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "kolmogorov-arnold-transformer",
        Title = "Kolmogorov-Arnold Transformer",
        ArxivId = "2409.10594",
        Data = "Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): training images drawn by seed, all 10,000 test images. Standard normal inputs for the times.",
        Claims =
        [
            new()
            {
                Id = "beats-mlp",
                Statement = "A small vision transformer with group-rational layers in the place of its MLPs has a better test accuracy, at the same number of steps, each with its own tuned step size.",
                Metric = "gain",
                Unit = ClassifierComparison.Points,
                Baseline = "the same transformer with GELU MLPs, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = "ImageNet: KAT-T 74.6 % against DeiT-T 72.2 %",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "as-many-parameters",
                Statement = "It has hardly more parameters.",
                Metric = "parameter-surplus",
                Unit = "percent of the parameters with MLPs",
                Baseline = "twice as many, 100",
                Criterion = Criterion.AtMost(1, nullValue: 100),
                PaperFigure = "KAT-T and DeiT-T: 5.7 million each",
            },
            new()
            {
                Id = "initialisation-matters",
                Statement = "Weights drawn so that the variance is kept give a better test accuracy than the uniform Xavier weights of the transformer's other layers.",
                Metric = "initialisation-gain",
                Unit = ClassifierComparison.Points,
                Baseline = "uniform Xavier weights, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = "not verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "sharing-costs-little",
                Statement = "Functions shared by groups of channels, 8 groups, do about as well as a function for every channel: per channel less shared.",
                Metric = "sharing-loss",
                Unit = ClassifierComparison.Points,
                Baseline = "a loss of two points",
                Criterion = Criterion.AtMost(0.5, nullValue: 2),
                PaperFigure = "not verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "sharing-saves-parameters",
                Statement = "They have far fewer parameters: the functions' parameters per channel over those shared.",
                Metric = "function-parameter-ratio",
                Unit = "ratio",
                Baseline = "as many, 1",
                Criterion = Criterion.AtLeast(5, nullValue: 1),
                PaperFigure = "follows from the definition",
            },
            new()
            {
                Id = "sharing-is-faster",
                Statement = "They are faster: time of a pass forward and back with a function per channel over the time with shared ones, 256 channels, fused.",
                Metric = "sharing-speedup",
                Unit = "ratio of times",
                Baseline = "as fast, 1",
                Criterion = Criterion.AtLeast(1.05, nullValue: 1),
                PaperFigure = "not verified; on a GPU",
                MachineDependent = true,
            },
            new()
            {
                Id = "fused-is-exact",
                Statement = "The fused pass gives the values and gradients of automatic differentiation of the composed operations, in 32-bit floats.",
                Metric = "largest-difference",
                Unit = "largest difference relative to the largest element",
                Baseline = "a wrong digit in a thousand, 1e-3",
                Criterion = Criterion.AtMost(1e-5, nullValue: 1e-3),
                PaperFigure = "follows from the derivatives",
            },
            new()
            {
                Id = "fused-is-faster",
                Statement = "The fused activation is faster than composed tensor operations, forward and back, one thread.",
                Metric = "fused-speedup",
                Unit = "ratio of times",
                Baseline = "the same function by Horner's rule on tensors, 1",
                Criterion = Criterion.AtLeast(1.5, nullValue: 1),
                PaperFigure = "a CUDA kernel for the same reason; factor not verified",
                MachineDependent = true,
            },
            new()
            {
                Id = "fused-beats-splines",
                Statement = "A layer of 64 to 256 channels with fused rational functions is faster than one with B-splines (5 intervals, cubic), forward and back.",
                Metric = "fused-over-splines",
                Unit = "ratio of times",
                Baseline = "a B-spline layer, 1",
                Criterion = Criterion.AtLeast(1, nullValue: 1),
                PaperFigure = "B-splines are slow on a GPU; factor not verified",
                MachineDependent = true,
            },
            new()
            {
                Id = "composed-beats-splines",
                Statement = "So is one with composed rational functions.",
                Metric = "composed-over-splines",
                Unit = "ratio of times",
                Baseline = "a B-spline layer, 1",
                Criterion = Criterion.AtLeast(1, nullValue: 1),
                PaperFigure = "B-splines are slow on a GPU; factor not verified",
                MachineDependent = true,
            },
        ],
        Parameters =
        [
            .. Transformers.Comparison.Parameters(train: 20_000, epochs: 2),
            ParameterDeclaration.Real("seconds", 2, 0.05, 60, "Seconds that the timing's rounds of a seed may take."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["train"] = 3000, ["epochs"] = 2, ["seconds"] = 0.5 },
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
            MeasureLayers(run);
            MeasureTransformers(run);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static void MeasureLayers(SeedRun run)
    {
        run.Progress(0, "Exactness");
        run.Measure("largest-difference", LayerTiming.LargestDifference(run.Seed.Stream("exact")));
        var (mlp, kat, perChannel) = (Transformers.Parameters("mlp"), Transformers.Parameters("kat"), Transformers.Parameters("kat-per-channel"));
        run.Measure("parameter-surplus", 100.0 * (kat.All - mlp.All) / mlp.All);
        run.Measure("function-parameter-ratio", perChannel.Functions / (double)kat.Functions);
        run.Progress(0.01, "Times");
        using var pinned = PinnedThread.ToLastCore();
        var timing = LayerTiming.Measure(run.Seed.Stream("timing"), run.Setting.Real("seconds"), run.CancellationToken);
        run.Measure("sharing-speedup", timing.Speedup("shared", "per-channel"));
        run.Measure("fused-speedup", timing.Speedup("shared", "composed"));
        run.Measure("fused-over-splines", timing.Speedup("fused-layer", "spline-layer"));
        run.Measure("composed-over-splines", timing.Speedup("composed-layer", "spline-layer"));
        run.Measure("gelu-over-fused", timing.Speedup("gelu-layer", "fused-layer"));
        run.Record("milliseconds", timing.Milliseconds);
    }

    private static void MeasureTransformers(SeedRun run)
    {
        var accuracies = Transformers.Comparison.Measure(run, (arm, model) =>
        {
            if (arm.Name != "kat")
                return;
            foreach (var (group, values) in Transformers.Functions((VisionTransformer)model).Index())
                run.Record($"function-{group}", values);
        });
        if (accuracies is null)
            return;
        run.Measure("gain", accuracies["kat"] - accuracies["mlp"]);
        run.Measure("initialisation-gain", accuracies["kat"] - accuracies["kat-xavier"]);
        run.Measure("sharing-loss", accuracies["kat-per-channel"] - accuracies["kat"]);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
