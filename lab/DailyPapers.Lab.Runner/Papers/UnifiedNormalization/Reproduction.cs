using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Architectures.UnifiedNormalization;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Runner.Reproductions;
using DailyPapers.Lab.Timing;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.UnifiedNormalization;

/// <summary>Yang et al. (2022): a norm with smoothed statistics, which transformers can fold away at inference.</summary>
internal sealed class Reproduction : IReproduction
{
    private const double DivergedRatio = 100;

    /// <summary>The step sizes that every arm was tuned over.</summary>
    private static readonly double[] _grid = [0.001, 0.003, 0.009, 0.027];

    // #region step-sizes
    // Best test loss of the tuning run's seed; "How the setting came to be" has the table.
    private static double VisionStepSize(Arm arm) => arm == Arm.Layer || arm == Arm.Batch ? 0.003 : 0.009;

    private static double LanguageStepSize(Arm arm) => arm == Arm.Layer ? 0.003 : 0.009;

    private static double HeavyTailStepSize(Arm arm) => 0.027;
    // #endregion step-sizes

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "unified-normalization",
        Title = "Unified Normalization for Accelerating and Stabilizing Transformers",
        ArxivId = "2208.01313",
        Data = "Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), 8,000 training and 10,000 test images; text of a probabilistic grammar of 212 words, drawn anew for every seed; and the 1,797 8 × 8 digits (Alpaydin and Kaynak 1998), split by seed.",
        Claims =
        [
            new()
            {
                Id = "vision-on-par",
                Statement = "A vision transformer with UN is at most 0.3 points of test accuracy below one with LayerNorm on Fashion-MNIST.",
                Metric = "vision-gap",
                Unit = "percentage points of test accuracy, LayerNorm less UN",
                Baseline = "LayerNorm, 0; a norm that costs accuracy, 2",
                Criterion = Criterion.AtMost(0.3, nullValue: 2),
                PaperFigure = "accuracy on par with LayerNorm for Swin and T2T on ImageNet; figures not verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "language-on-par",
                Statement = "A language model with UN has at most 1 % more test perplexity than one with LayerNorm.",
                Metric = "language-gap",
                Unit = "percent of LayerNorm's test perplexity",
                Baseline = "LayerNorm, 0; a norm that costs quality, 5",
                Criterion = Criterion.AtMost(1, nullValue: 5),
                PaperFigure = "BLEU on par with LayerNorm on translation; figures not verified",
            },
            new()
            {
                Id = "unstable-baselines-fail",
                Statement = "Batch norm in the same places, or smoothing without filtration on images, diverges or has three times LayerNorm's test loss in at least one of the tasks: the largest ratio; divergence counts as 100.",
                Metric = "worst-loss-ratio",
                Unit = "test loss / LayerNorm's",
                Baseline = "as good as LayerNorm, 1",
                Criterion = Criterion.AtLeast(3, nullValue: 1),
                PaperFigure = "batch norm collapses in transformers; figures not verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "folding-is-exact",
                Statement = "DeiT-T with its norms folded into the next layers gives the logits of the unfolded model: largest difference over the largest logit.",
                Metric = "fold-error",
                Unit = "1",
                Baseline = "a difference that could change a class, 1e-3",
                Criterion = Criterion.AtMost(1e-5, nullValue: 1e-3),
                PaperFigure = "exact by construction",
            },
            new()
            {
                Id = "block-faster",
                Statement = "A transformer block of DeiT-T (197 tokens of 192 channels, one image, one thread) is at least 1.1 times as fast with UN folded as with LayerNorm.",
                Metric = "block-speedup",
                Unit = "time with LayerNorm / time with UN folded",
                Baseline = "LayerNorm, 1",
                Criterion = Criterion.AtLeast(1.1, nullValue: 1),
                PaperFigure = "about 31 % faster inference, whole models on a GPU",
                MachineDependent = true,
            },
            new()
            {
                Id = "model-faster",
                Statement = "The same of the whole of DeiT-T.",
                Metric = "model-speedup",
                Unit = "time with LayerNorm / time with UN folded",
                Baseline = "LayerNorm, 1",
                Criterion = Criterion.AtLeast(1.1, nullValue: 1),
                PaperFigure = "about 31 % faster inference, whole models on a GPU",
                MachineDependent = true,
            },
            new()
            {
                Id = "filtration-prevents-spikes",
                Statement = "On inputs with Student's t noise, the largest training loss after twice the warm-up is at least 1.5 times as large without filtration as with it; divergence counts as 100.",
                Metric = "peak-ratio",
                Unit = "peak loss without / with filtration",
                Baseline = "no difference, 1",
                Criterion = Criterion.AtLeast(1.5, nullValue: 1),
                PaperFigure = "training without filtration can collapse; no figure",
            },
            new()
            {
                Id = "filtration-keeps-accuracy",
                Statement = "There, filtration gains at least one point of test accuracy.",
                Metric = "filtration-gain",
                Unit = "percentage points of test accuracy",
                Baseline = "no difference, 0",
                Criterion = Criterion.AtLeast(1, nullValue: 0),
                PaperFigure = "training without filtration can collapse; no figure",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("steps", 350, 40, 20_000, "Steps of every training on Fashion-MNIST and on text; a tenth is warm-up of the step size and of UN's statistics."),
            ParameterDeclaration.Whole("heavySteps", 350, 40, 20_000, "Steps of every training with Student's t noise."),
            ParameterDeclaration.Whole("degrees", 2, 1, 10, "Degrees of freedom of the noise; the variance is infinite up to 2."),
            ParameterDeclaration.Real("noise", 0.3, 0, 5, "Scale of the noise; pixels have a standard deviation of 1."),
            ParameterDeclaration.Real("seconds", 2, 0.05, 60, "Seconds that the interleaved rounds of a timing may take."),
            ParameterDeclaration.Switch("tuning", false, "Only train every arm at every step size of the grid, on draws of its own, and report the test losses."),
        ],
        Seeds = [1, 2, 3],
        Quick = new()
        {
            TimeLimitSeconds = 900,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 60, ["heavySteps"] = 100, ["seconds"] = 0.4 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 3 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The networks are so small that a second thread spends more time waiting than computing; and timings need one.
        set_num_threads(1);
        if (run.Setting.Switch("tuning"))
        {
            Tune(run);
            return;
        }
        MeasureTasks(run);
        MeasureHeavyTails(run);
        MeasureInference(run);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    private static void MeasureTasks(SeedRun run)
    {
        var steps = run.Setting.Whole("steps");
        var language = Outcomes(run, Arm.All, 0, 0.35, "Text", () => new LanguageTask(steps, run.Seed.Stream("text")), (task, arm, progress) => task.Run(arm, LanguageStepSize(arm), progress, run.CancellationToken));
        Report(run, "language", language, outcome => outcome.TestLoss);
        run.Measure("language-gap", 100 * (language[Arm.Smoothed].Perplexity / language[Arm.Layer].Perplexity - 1));
        run.Measure("language-filtered-gap", 100 * (language[Arm.Filtered].Perplexity / language[Arm.Layer].Perplexity - 1));
        run.Measure("language-batch-gap", 100 * (language[Arm.Batch].Perplexity / language[Arm.Layer].Perplexity - 1));
        if (FashionMnist.FindFolder() is not { } folder)
            return;

        var data = FashionMnist.Read(folder);
        var vision = Outcomes(run, Arm.All, 0.35, 0.4, "Fashion-MNIST", () => new VisionTask(data, steps, run.Seed.Stream("images")), (task, arm, progress) => task.Run(arm, VisionStepSize(arm), progress, run.CancellationToken));
        Report(run, "vision", vision, outcome => outcome.Accuracy);
        run.Measure("vision-gap", vision[Arm.Layer].Accuracy - vision[Arm.Filtered].Accuracy);
        run.Measure("worst-loss-ratio", new[]
        {
            Ratio(vision, Arm.Batch), Ratio(vision, Arm.Smoothed), Ratio(language, Arm.Batch),
        }.Max());

        static double Ratio(Dictionary<Arm, Outcome> outcomes, Arm arm) => Math.Min(DivergedRatio, outcomes[arm].TestLoss / outcomes[Arm.Layer].TestLoss);
    }

    private static void MeasureHeavyTails(SeedRun run)
    {
        var steps = run.Setting.Whole("heavySteps");
        var outcomes = Outcomes(
            run, Arm.All, 0.75, 0.15, "Student's t noise",
            () => new HeavyTailTask(steps, run.Setting.Whole("degrees"), run.Setting.Real("noise"), run.Seed.Stream("heavy")), (task, arm, progress) => task.Run(arm, HeavyTailStepSize(arm), progress, run.CancellationToken));
        Report(run, "heavy", outcomes, outcome => outcome.Accuracy);
        var settled = 2 * TransformerTraining.Warmup(steps);
        foreach (var (arm, outcome) in outcomes)
            run.Measure($"heavy-{arm.Name}-peak", Math.Min(DivergedRatio, outcome.PeakAfter(settled)));
        run.Measure("peak-ratio", Math.Min(DivergedRatio, outcomes[Arm.Smoothed].PeakAfter(settled) / outcomes[Arm.Filtered].PeakAfter(settled)));
        run.Measure("filtration-gain", outcomes[Arm.Filtered].Accuracy - outcomes[Arm.Smoothed].Accuracy);
    }

    private static void MeasureInference(SeedRun run)
    {
        run.Progress(0.9, "Inference");
        run.Seed.Stream("inference").SeedTorch();
        run.Measure("fold-error", FoldError(VisionTransformerOptions.Tiny));
        using var pinned = PinnedThread.ToLastCore();
        var seconds = run.Setting.Real("seconds");
        const int rounds = 101;
        var (options, small) = (VisionTransformerOptions.Tiny, VisionTask.Options);
        var timings = new[]
        {
            ("norm", NormalizationTiming.Norm(1, options.Tokens, options.Dim, rounds, seconds, run.CancellationToken)),
            ("block", NormalizationTiming.Block(1, options.Tokens, options.Dim, options.Heads, rounds, seconds, run.CancellationToken)),
            ("model", NormalizationTiming.Model(options, 1, rounds, seconds, run.CancellationToken)),
            ("small", NormalizationTiming.Model(small, 64, rounds, seconds, run.CancellationToken)),
        };
        foreach (var (name, timing) in timings)
        {
            run.Measure($"{name}-unfolded-speedup", timing.Speedup(NormalizationTiming.Unfolded, NormalizationTiming.LayerNorms).Median);
            run.Measure($"{name}-layer-microseconds", 1e6 * timing.Seconds(NormalizationTiming.LayerNorms).Median);
            if (name != "norm")
                run.Measure($"{name}-speedup", timing.Speedup(NormalizationTiming.Folded, NormalizationTiming.LayerNorms).Median);
        }
        run.Record("speedups", timings.Skip(1).SelectMany(timing => new[]
        {
            timing.Item2.Speedup(NormalizationTiming.Unfolded, NormalizationTiming.LayerNorms).Median,
            timing.Item2.Speedup(NormalizationTiming.Folded, NormalizationTiming.LayerNorms).Median,
        }));
    }

    // #region fold-error
    // Norms that have seen data, with γ and β off their initial values: else folding would have little to do.
    private static double FoldError(VisionTransformerOptions options)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var model = VisionTransformer.WithNorm(options, dim => new UnifiedNorm(dim));
        foreach (var norm in model.modules().OfType<UnifiedNorm>())
            foreach (var parameter in norm.parameters())
                parameter.add_(0.3 * randn_like(parameter));
        var images = randn(2, options.Channels, options.Side, options.Side);
        for (var iteration = 0; iteration < 5; iteration++)
            model.call(images);
        model.eval();
        var (unfolded, folded) = (model.call(images), FoldNormalization.Model(model).call(images));
        return ((unfolded - folded).abs().max() / unfolded.abs().max()).item<float>();
    }
    // #endregion fold-error

    private static Dictionary<Arm, Outcome> Outcomes<TTask>(
        SeedRun run, Arm[] arms, double from, double share, string stage, Func<TTask> create, Func<TTask, Arm, Action<double>, Outcome> train)
        where TTask : IDisposable
    {
        run.Progress(from, stage);
        using var task = create();
        var outcomes = new Dictionary<Arm, Outcome>();
        foreach (var arm in arms)
        {
            var begun = from + share * outcomes.Count / arms.Length;
            outcomes[arm] = train(task, arm, done => run.Progress(begun + share * done / arms.Length, $"{stage}: {arm.Label}"));
        }
        return outcomes;
    }

    private static void Report(SeedRun run, string task, Dictionary<Arm, Outcome> outcomes, Func<Outcome, double> quality)
    {
        foreach (var (arm, outcome) in outcomes)
        {
            run.Measure($"{task}-{arm.Name}", quality(outcome));
            run.Record($"{task}-{arm.Name}-losses", Figures.Averaged(outcome.Losses));
            if (task == "heavy")
                run.Record($"heavy-{arm.Name}-every-loss", outcome.Losses);
        }
    }

    private static void Tune(SeedRun run)
    {
        var steps = run.Setting.Whole("steps");
        var seed = run.Seed.Stream("tuning");
        using var text = new LanguageTask(steps, seed.Stream("text"));
        using var images = FashionMnist.FindFolder() is { } folder ? new VisionTask(FashionMnist.Read(folder), steps, seed.Stream("images")) : null;
        using var heavy = new HeavyTailTask(run.Setting.Whole("heavySteps"), run.Setting.Whole("degrees"), run.Setting.Real("noise"), seed.Stream("heavy"));
        foreach (var arm in Arm.All)
            foreach (var stepSize in _grid)
            {
                run.Progress(0, $"{arm.Label} at {stepSize}");
                var at = FormattableString.Invariant($"{arm.Name} at {stepSize}");
                run.Measure($"text: {at}", text.Run(arm, stepSize, _ => { }, run.CancellationToken).TestLoss);
                if (images is not null)
                    run.Measure($"images: {at}", images.Run(arm, stepSize, _ => { }, run.CancellationToken).TestLoss);
                run.Measure($"heavy: {at}", heavy.Run(arm, stepSize, _ => { }, run.CancellationToken).TestLoss);
            }
    }
}
