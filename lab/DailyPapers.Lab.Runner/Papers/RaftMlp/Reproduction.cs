using System.Globalization;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.RaftMlp;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using RaftNetwork = DailyPapers.Lab.Architectures.RaftMlp.RaftMlp;

namespace DailyPapers.Lab.Runner.Papers.RaftMlp;

/// <summary>Tatsunami and Taki (2021): token mixing along one axis at a time, a few channels together.</summary>
internal sealed class Reproduction : IReproduction
{
    private const int HeldOut = 2000;
    private const int Larger = 36;

    private static readonly int[] _sides = [20, 24, 28, 32, 36, 48];
    private static readonly double[] _grid = [1e-3, 2e-3, 4e-3, 8e-3, 1.6e-2];

    private static readonly ScaleRequirement _needsTraining = ScaleRequirements.FashionMnistImages with
    {
        Description = $"{ScaleRequirements.FashionMnistImages.Description}; and the passes of a full run: the step sizes are chosen for it, and a quick one ends too early",
        FullModeOnly = true,
    };

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "raft-mlp",
        Title = "RaftMLP: How Much Can Be Done Without Attention and with Less Spatial Locality?",
        ArxivId = "2108.04384",
        Data = "Fashion-MNIST (Xiao, Rasul, Vollgraf 2017) at its full 28 × 28 pixels, normalised; training and test images drawn by seed.",
        Claims =
        [
            new()
            {
                Id = "as-accurate-as-mixer",
                Statement = "With the same patches, channels, depth and training, RaftMLP with r = 2 is not worse than MLP-Mixer by more than half a point.",
                Metric = "raft-less-mixer",
                Unit = "percentage points of test accuracy",
                Baseline = "a loss of two points",
                Criterion = Criterion.AtLeast(-0.5, nullValue: -2),
                PaperFigure = "ImageNet: RaftMLP-S with 9.9 million parameters 76.1 %; the comparison with MLP-Mixer is not verified",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "fewer-parameters",
                Statement = "It has at most 70 % of that MLP-Mixer's parameters.",
                Metric = "parameter-share",
                Unit = "share of the parameters",
                Baseline = "as many parameters, 1",
                Criterion = Criterion.AtMost(0.7, nullValue: 1),
                PaperFigure = "token mixing costs r²h² parameters where MLP-Mixer's costs h⁴",
                Deterministic = true,
            },
            new()
            {
                Id = "rafts-help",
                Statement = "At the same depth, rafts of two channels (r = 2) are better than none (r = 1).",
                Metric = "raft-gain",
                Unit = "percentage points of test accuracy",
                Baseline = "r = 1, its step size from the same grid, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "an ablation on ImageNet; its figures are not verified",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "other-resolution",
                Statement = "Trained at 28 × 28 and tested at 36 × 36 through bicubic interpolation, it keeps at least 90 % of its accuracy.",
                Metric = "kept-at-larger",
                Unit = "share of the accuracy",
                Baseline = "guessing one of ten classes, 0.12 of the accuracy",
                Criterion = Criterion.AtLeast(0.9, nullValue: 0.12),
                PaperFigure = "detection and segmentation at other resolutions than the training's",
                SmallestScale = _needsTraining,
            },
            new()
            {
                Id = "refused-without-interpolation",
                Statement = "Without the interpolation, the same weights can't read images of 36 × 36: share of batches that are refused.",
                Metric = "refused",
                Unit = "share of the batches",
                Baseline = "none is refused, 0",
                Criterion = Criterion.AtLeast(1, nullValue: 0),
                PaperFigure = "the reason for the interpolation",
                Deterministic = true,
            },
            new()
            {
                Id = "formula",
                Statement = "The formula for the parameters gives the counted ones, for the three published networks and those trained here: how many differ.",
                Metric = "formula-differences",
                Unit = "networks",
                Baseline = "one differs, 1",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = "2 e (r h)² weights in a token mixing",
                Deterministic = true,
            },
            new()
            {
                Id = "published-parameters",
                Statement = "RaftMLP-S, -M and -L have the published numbers of parameters: the largest relative deviation.",
                Metric = "published-deviation",
                Unit = "relative deviation",
                Baseline = "a tenth, 0.1",
                Criterion = Criterion.AtMost(0.02, nullValue: 0.1),
                PaperFigure = "9.9, 21.4 and 36.2 million",
                Deterministic = true,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("images", 4000, 640, 50_000, "Training images."),
            ParameterDeclaration.Whole("test-images", 5000, 500, 10_000, "Test images."),
            ParameterDeclaration.Whole("epochs", 6, 1, 200, "Passes over them."),
            ParameterDeclaration.Whole("dim", 32, 4, 512, "C, channels of a token."),
            ParameterDeclaration.Whole("depth", 4, 1, 24, "Blocks."),
            Rate("raft-2", 1.6e-2, "RaftMLP with r = 2"),
            Rate("raft-1", 1.6e-2, "RaftMLP with r = 1"),
            Rate("mixer", 1.6e-2, "MLP-Mixer"),
            Rate("slim-mixer", 8e-3, "MLP-Mixer with a narrow token mixing"),
            ParameterDeclaration.Switch("tuning", false, "Instead of the claims, measures every network over the grid of step sizes on held-out training images, with streams of its own."),
        ],
        Seeds = [1, 2, 3, 4],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["images"] = 2000, ["epochs"] = 3, ["test-images"] = 2000 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 4 },
    };
    // #endregion declaration

    private static ParameterDeclaration Rate(string arm, double value, string of) =>
        ParameterDeclaration.Real($"rate-{arm}", value, 1e-6, 0.1, $"AdamW's step size: {of}.");

    public void RunSeed(SeedRun run)
    {
        // One thread, so that every machine adds in the same order.
        set_num_threads(1);
        var sizes = new Sizes(run.Setting.Whole("dim"), run.Setting.Whole("depth"));
        MeasureSizes(run, sizes);
        // Without the images the claims about them can't be decided, and their verdicts say so.
        if (FashionMnist.FindFolder() is not { } folder)
            return;
        using var scope = NewDisposeScope();
        var (images, tuning) = (run.Setting.Whole("images"), run.Setting.Switch("tuning"));
        using var sample = ImageSample.Draw(FashionMnist.Read(folder), tuning ? images + HeldOut : images, run.Setting.Whole("test-images"), run.Seed.Stream(tuning ? "tuning" : "images"));
        if (tuning)
            Tune(run, sizes, sample, images);
        else
            MeasureAccuracy(run, sizes, sample);
    }

    private static (string Arm, Func<Network> Build)[] Arms(Sizes sizes) =>
    [
        ("raft-2", () => new RaftNetwork(sizes.Raft(2))),
        ("raft-1", () => new RaftNetwork(sizes.Raft(1))),
        ("mixer", () => new MlpMixer(sizes.Mixer)),
        ("slim-mixer", () => new MlpMixer(sizes.SlimMixer)),
    ];

    private static void MeasureSizes(SeedRun run, Sizes sizes)
    {
        var (differences, deviation) = (0, 0.0);
        foreach (var (options, millions) in ((RaftMlpOptions, double?)[])
            [(RaftMlpOptions.Small, 9.9), (RaftMlpOptions.Medium, 21.4), (RaftMlpOptions.Large, 36.2), (sizes.Raft(1), null), (sizes.Raft(2), null)])
        {
            using var model = new RaftNetwork(options, META);
            var counted = ModelCost.Parameters(model);
            differences += counted == options.Parameters ? 0 : 1;
            if (millions is { } published)
                deviation = Math.Max(deviation, Math.Abs(counted / (1e6 * published) - 1));
        }
        run.Measure("formula-differences", differences);
        run.Measure("published-deviation", deviation);
        using var images = zeros(1, 1, Sizes.Side, Sizes.Side);
        foreach (var (arm, build) in Arms(sizes))
        {
            using var model = build();
            run.Measure($"{arm}-parameters", ModelCost.Parameters(model));
            run.Measure($"{arm}-multiply-adds", ModelCost.MultiplyAdds(model, images));
        }
        run.Measure("parameter-share", sizes.Raft(2).Parameters / (double)sizes.Mixer.Parameters);
    }

    private static void Tune(SeedRun run, Sizes sizes, ImageSample sample, int images)
    {
        foreach (var rate in _grid)
        {
            foreach (var (arm, build) in Arms(sizes))
            {
                var accuracy = ImageTraining.HeldOut(build, sample, images, rate, run.Setting.Whole("epochs"), run.Seed.Stream("tuning"), run.CancellationToken);
                run.Measure(string.Create(CultureInfo.InvariantCulture, $"held-out-{arm}-{rate:0.000}"), accuracy);
            }
            run.Progress((Array.IndexOf(_grid, rate) + 1.0) / _grid.Length, "Step sizes");
        }
    }

    private static void MeasureAccuracy(SeedRun run, Sizes sizes, ImageSample sample)
    {
        var accuracies = new Dictionary<string, double>();
        foreach (var (arm, build) in Arms(sizes))
        {
            run.Progress(accuracies.Count / 4.5, "Training");
            using var network = ImageTraining.Fit(
                build, sample.TrainImages, sample.TrainLabels, run.Setting.Real($"rate-{arm}"), run.Setting.Whole("epochs"), run.Seed.Stream("training"), run.CancellationToken);
            accuracies[arm] = ImageTraining.Accuracy(network, sample.TestImages, sample.TestLabels);
            run.Measure($"{arm}-accuracy", accuracies[arm]);
            if (arm == "raft-2")
                MeasureResolutions(run, sizes, sample, (RaftNetwork)network, accuracies[arm]);
        }
        run.Measure("raft-less-mixer", accuracies["raft-2"] - accuracies["mixer"]);
        run.Measure("raft-less-slim-mixer", accuracies["raft-2"] - accuracies["slim-mixer"]);
        run.Measure("raft-gain", accuracies["raft-2"] - accuracies["raft-1"]);
        run.Record("accuracies", Arms(sizes).Select(arm => accuracies[arm.Arm]));
    }

    private static void MeasureResolutions(SeedRun run, Sizes sizes, ImageSample sample, RaftNetwork network, double accuracy)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var bySide = new List<double>();
        foreach (var side in _sides)
        {
            run.Progress(0.1, "Other resolutions");
            bySide.Add(ImageTraining.Accuracy(network, BicubicResize.Images(sample.TestImages, side, side), sample.TestLabels));
        }
        run.Record("resolutions", bySide);
        run.Measure("accuracy-at-larger", bySide[Array.IndexOf(_sides, Larger)]);
        run.Measure("kept-at-larger", bySide[Array.IndexOf(_sides, Larger)] / accuracy);
        run.Measure("refused", Refused(sizes, network, BicubicResize.Images(sample.TestImages, Larger, Larger)));
    }

    // The same weights in a network that does not resize.
    private static double Refused(Sizes sizes, RaftNetwork network, Tensor images)
    {
        using var strict = new RaftNetwork(sizes.Raft(2) with { Resizes = false });
        strict.load_state_dict(network.state_dict());
        var (refused, batches) = (0, images.split(500));
        foreach (var batch in batches)
        {
            try
            {
                strict.call(batch);
            }
            catch (ArgumentException)
            {
                refused++;
            }
        }
        return refused / (double)batches.Length;
    }

    public void Draw(FigureSheet sheet)
    {
        if (FashionMnist.FindFolder() is not null && !sheet.Setting.Switch("tuning"))
            Figures.Draw(sheet, _sides);
    }
}
