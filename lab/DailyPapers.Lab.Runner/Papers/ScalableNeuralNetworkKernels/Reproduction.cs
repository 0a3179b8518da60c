using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.ScalableNeuralNetworkKernels;

/// <summary>Sehanobish et al. (2023): random features that separate a layer's input from its parameters.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of test accuracy";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "scalable-neural-network-kernels",
        Title = "Scalable Neural Network Kernels",
        ArxivId = "2310.13225",
        Data = "Gaussian pairs of inputs and weights in 16 dimensions, drawn by seed; and Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), training and test images drawn by seed.",
        Claims =
        [
            new()
            {
                Id = "unbiased",
                Statement = "Φ(x)·Ψ(w, b) has the kernel as its mean over draws, for sin, cos and the arc-cosine kernel: mean over pairs and kernels of the squared bias in units of its standard error, at 64 directions.",
                Metric = "squared-bias",
                Unit = "squared standard errors",
                Baseline = "a bias of two standard errors, 4; without bias it is 1 on average",
                Criterion = Criterion.AtMost(1.5, nullValue: 4),
                PaperFigure = "unbiased, by construction (section 3)",
            },
            .. KernelClaims("sin", "sin"),
            .. KernelClaims("cos", "cos"),
            .. KernelClaims("relu", "the arc-cosine kernel of ReLU features"),
            new()
            {
                Id = "mlp-parameters",
                Statement = "A perceptron with two kernel layers has at most a third of the trained parameters of the plain one: plain over kernel.",
                Metric = "mlp-parameter-ratio",
                Unit = "ratio",
                Baseline = "the plain perceptron, 1",
                Criterion = Criterion.AtLeast(3, nullValue: 1),
                PaperFigure = "up to 5 times fewer trained parameters",
                SmallestScale = ScaleRequirements.FashionMnistImages,
                Deterministic = true,
            },
            new()
            {
                Id = "mlp-accuracy",
                Statement = "It is less accurate by at most one point: plain less kernel.",
                Metric = "mlp-loss",
                Unit = Points,
                Baseline = "a loss of three points",
                Criterion = Criterion.AtMost(1, nullValue: 3),
                PaperFigure = "accuracy is kept (transformers on GLUE and image data)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "bundled-optimum",
                Statement = "The closed form of a fully bundled network is what gradient descent converges to: relative distance of the outputs.",
                Metric = "bundled-distance",
                Unit = "relative root mean square",
                Baseline = "a distance of a tenth",
                Criterion = Criterion.AtMost(1e-3, nullValue: 0.1),
                PaperFigure = "closed form under squared loss (section 3.3)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "bundled-faster",
                Statement = "It takes at most a tenth of the time: accelerated gradient descent on given features over the closed form with its features.",
                Metric = "bundled-speed-up",
                Unit = "processor time / processor time",
                Baseline = "no difference, 1",
                Criterion = Criterion.AtLeast(10, nullValue: 1),
                PaperFigure = "backpropagation is bypassed; no number verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
                MachineDependent = true,
            },
            new()
            {
                Id = "adapter-parameters",
                Statement = "Kernel adapters have at most a third of the parameters of plain ones: plain over kernel.",
                Metric = "adapter-parameter-ratio",
                Unit = "ratio",
                Baseline = "the plain adapter, 1",
                Criterion = Criterion.AtLeast(3, nullValue: 1),
                PaperFigure = "fewer parameters than bottleneck adapters; no number verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
                Deterministic = true,
            },
            new()
            {
                Id = "adapter-accuracy",
                Statement = "They adapt a frozen transformer about as well: plain less kernel.",
                Metric = "adapter-loss",
                Unit = Points,
                Baseline = "a loss of three points",
                Criterion = Criterion.AtMost(1, nullValue: 3),
                PaperFigure = "on a par with other adapters on GLUE and image data",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("draws", 100, 10, 10_000, "Draws of the features for each kernel and number of directions."),
            ParameterDeclaration.Whole("largest-power", 10, 7, 14, "The largest number of directions, as a power of two."),
            ParameterDeclaration.Whole("first-directions", 240, 8, 4096, "Directions of the perceptron's first kernel layer."),
            ParameterDeclaration.Whole("second-directions", 100, 8, 4096, "Directions of its second."),
            ParameterDeclaration.Whole("steps", 800, 20, 50_000, "Steps of a perceptron's training."),
            ParameterDeclaration.Real("step-mlp", 3e-3, 1e-6, 1, "Adam's step size of the plain perceptrons."),
            ParameterDeclaration.Real("step-kernel-mlp", 3e-3, 1e-6, 1, "Adam's step size of the kernel perceptron."),
            ParameterDeclaration.Whole("bundled-examples", 2000, 100, 60_000, "Training images of the bundled network."),
            ParameterDeclaration.Whole("bundled-features", 512, 16, 4096, "Features of each of its two maps."),
            ParameterDeclaration.Whole("bottleneck", 32, 1, 256, "Channels inside a plain adapter; the transformer has 64."),
            ParameterDeclaration.Whole("adapter-directions", 20, 1, 512, "Directions of a kernel adapter."),
            ParameterDeclaration.Whole("pretraining-steps", 400, 10, 50_000, "Steps of the transformer's training before it is adapted."),
            ParameterDeclaration.Whole("adapter-steps", 250, 10, 50_000, "Steps of an adaptation."),
            ParameterDeclaration.Real("step-plain-adapter", 1e-2, 1e-6, 1, "Adam's step size with plain adapters, or with the head alone."),
            ParameterDeclaration.Real("step-kernel-adapter", 3e-2, 1e-6, 1, "Adam's step size with kernel adapters."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            // With two, an interval of times is so wide that the load of the machine decides.
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue>
            {
                ["draws"] = 40,
                ["largest-power"] = 9,
                ["steps"] = 300,
                ["bundled-examples"] = 1000,
                ["bundled-features"] = 256,
                ["pretraining-steps"] = 120,
                ["adapter-steps"] = 80,
            },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    private static IEnumerable<Claim> KernelClaims(string kind, string name) =>
    [
        new()
        {
            Id = $"rate-{kind}",
            Statement = $"The mean squared error for {name} falls as 1/m: slope over the number of directions in logarithms.",
            Metric = $"slope-{kind}",
            Unit = "exponent",
            Baseline = "an error that falls as 1/√m, −0.5",
            Criterion = Criterion.Within(-1.1, -0.9, nullValue: -0.5),
            PaperFigure = "pointwise error as 1/√m, squared error as 1/m",
        },
        new()
        {
            Id = $"orthogonal-{kind}",
            Statement = $"Orthogonal directions have a lower mean squared error for {name}: orthogonal over independent, geometric mean over the numbers of directions.",
            Metric = $"orthogonal-ratio-{kind}",
            Unit = "ratio of mean squared errors",
            Baseline = "independent directions, 1",
            Criterion = Criterion.AtMost(1, nullValue: 1),
            PaperFigure = "lower variance; no number verified",
        },
    ];

    public void RunSeed(SeedRun run)
    {
        // One thread makes sums, and so the whole run, the same on every machine, and processor time comparable.
        set_num_threads(1);
        MeasureKernels(run);
        // Without the images the claims about them can't be decided, and their verdicts say so.
        if (FashionMnist.FindFolder() is not { } folder)
            return;
        using var images = ImageSample.Draw(FashionMnist.Read(folder), 12_000, 6000, run.Seed.Stream("images"));
        MeasureBundled(run, images);
        MeasurePerceptrons(run, images);
        MeasureAdapters(run, images);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    private static void MeasureKernels(SeedRun run)
    {
        var power = run.Setting.Whole("largest-power");
        double[] directions = [.. KernelErrorExperiment.Directions(power).Select(value => Math.Log(value))];
        var biases = new List<double>();
        foreach (var kind in KernelErrorExperiment.Kinds)
        {
            run.Progress(0.05 * biases.Count, "Kernels");
            var outcome = KernelErrorExperiment.Measure(kind, run.Setting.Whole("draws"), power, run.Seed.Stream(kind), run.CancellationToken);
            run.Measure($"slope-{kind}", LeastSquaresLine.Slope(directions, [.. outcome.Independent.Select(value => Math.Log(value))]));
            run.Measure($"orthogonal-ratio-{kind}", Math.Exp(outcome.Orthogonal.Zip(outcome.Independent, (orthogonal, independent) => Math.Log(orthogonal / independent)).Average()));
            run.Record($"independent-{kind}", outcome.Independent);
            run.Record($"orthogonal-{kind}", outcome.Orthogonal);
            biases.Add(outcome.SquaredBias);
        }
        // The last kind is an observation beside the claim.
        run.Measure("squared-bias", biases[..3].Average());
        run.Measure("squared-bias-gaussian", biases[3]);
    }

    private static void MeasureBundled(SeedRun run, ImageSample images)
    {
        run.Progress(0.2, "Bundled network");
        var outcome = BundledExperiment.Measure(
            images, run.Setting.Whole("bundled-examples"), run.Setting.Whole("bundled-features"), run.Seed.Stream("bundled"), run.CancellationToken);
        run.Measure("bundled-distance", outcome.Distance);
        run.Measure("bundled-speed-up", outcome.DescentSeconds / outcome.ClosedSeconds);
        run.Measure("bundled-speed-up-on-covariance", outcome.GramSeconds / outcome.ClosedSeconds);
        run.Measure("bundled-closed-seconds", outcome.ClosedSeconds);
        run.Measure("bundled-iterations", outcome.Iterations);
        run.Measure("bundled-accuracy", outcome.Accuracy);
        run.Record("bundled-distances", outcome.Distances);
    }

    private static void MeasurePerceptrons(SeedRun run, ImageSample images)
    {
        var accuracy = new Dictionary<string, double>();
        var parameters = new Dictionary<string, double>();
        foreach (var name in MlpExperiment.Names)
        {
            run.Progress(0.3 + 0.1 * accuracy.Count, "Perceptrons");
            (accuracy[name], var count) = MlpExperiment.Measure(
                name, images, run.Setting.Whole("first-directions"), run.Setting.Whole("second-directions"), run.Setting.Whole("steps"),
                run.Setting.Real(name == "kernel-mlp" ? "step-kernel-mlp" : "step-mlp"), run.Seed.Stream("perceptrons"), run.CancellationToken);
            parameters[name] = count;
        }
        Report(run, accuracy, parameters);
        run.Measure("mlp-parameter-ratio", parameters["mlp"] / parameters["kernel-mlp"]);
        run.Measure("mlp-loss", accuracy["mlp"] - accuracy["kernel-mlp"]);
        run.Measure("narrow-mlp-loss", accuracy["mlp"] - accuracy["narrow-mlp"]);
    }

    private static void MeasureAdapters(SeedRun run, ImageSample images)
    {
        run.Progress(0.6, "Transformer");
        using var experiment = new AdapterExperiment(
            images, run.Setting.Whole("bottleneck"), run.Setting.Whole("adapter-directions"), run.Setting.Whole("pretraining-steps"), 2000,
            run.Seed.Stream("adapters"), run.CancellationToken);
        run.Measure("accuracy-before-adaptation", experiment.AccuracyBefore);
        var accuracy = new Dictionary<string, double>();
        var parameters = new Dictionary<string, double>();
        foreach (var kind in AdapterExperiment.Kinds)
        {
            run.Progress(0.75 + 0.06 * accuracy.Count, "Adapters");
            (accuracy[kind], var count) = experiment.Adapt(
                kind, run.Setting.Whole("adapter-steps"), run.Setting.Real(kind == "kernel" ? "step-kernel-adapter" : "step-plain-adapter"), run.CancellationToken);
            parameters[kind] = count;
        }
        Report(run, accuracy, parameters);
        run.Measure("adapter-parameter-ratio", parameters["plain"] / parameters["kernel"]);
        run.Measure("adapter-loss", accuracy["plain"] - accuracy["kernel"]);
        run.Measure("small-adapter-loss", accuracy["plain"] - accuracy["small"]);
        run.Measure("adapter-gain", accuracy["kernel"] - accuracy["head"]);
    }

    private static void Report(SeedRun run, Dictionary<string, double> accuracy, Dictionary<string, double> parameters)
    {
        foreach (var (name, value) in accuracy)
        {
            run.Measure($"accuracy-{name}", value);
            run.Measure($"parameters-{name}", parameters[name]);
        }
    }
}
