using DailyPapers.Lab.Architectures.Lipschitz;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LipschitzTransformers;

/// <summary>Newhouse et al. (2025): networks whose Lipschitz constant is bounded all through training.</summary>
internal sealed class Reproduction : IReproduction
{
    // Strongest constraint first.
    internal static readonly double[] Maxima = [1, 2, 4, 8];
    private static readonly double[] _transformerMaxima = [1, 2, 4];

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "lipschitz-transformers",
        Title = "Training Transformers with Enforced Lipschitz Constants",
        ArxivId = "2507.13338",
        Data = $"Fashion-MNIST (Xiao, Rasul, Vollgraf 2017) at 14 × 14 pixels, drawn by seed; and a text of letters from a probabilistic grammar, drawn by seed, or the file that {GrammarText.FileVariable} names.",
        Claims =
        [
            new()
            {
                Id = "mlp-bound",
                Statement = "At the least test loss that both reach, a perceptron under spectral normalisation has a lower certified bound with Muon than with AdamW: logarithm of the ratio.",
                Metric = "mlp-log-bound-gain",
                Unit = "ln(bound with AdamW / bound with Muon)",
                Baseline = "the same bound, 0",
                Criterion = Criterion.AtLeast(0.693, nullValue: 0),
                PaperFigure = "Muon dominates AdamW in the trade-off between loss and bound; no number verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "transformer-bound",
                Statement = "The same for a small causal transformer.",
                Metric = "transformer-log-bound-gain",
                Unit = "ln(bound with AdamW / bound with Muon)",
                Baseline = "the same bound, 0",
                Criterion = Criterion.AtLeast(0.693, nullValue: 0),
                PaperFigure = "Muon dominates AdamW in the trade-off between loss and bound; no number verified",
            },
            new()
            {
                Id = "mlp-certified",
                Statement = "No pair of inputs is found whose outputs differ by more than the bound allows, for any perceptron: largest observed slope over the bound.",
                Metric = "mlp-slope-ratio",
                Unit = "observed slope / bound",
                Baseline = "a slope twice as large",
                Criterion = Criterion.AtMost(1, nullValue: 2),
                PaperFigure = "a bound, by proof",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "transformer-certified",
                Statement = "The same for any transformer.",
                Metric = "transformer-slope-ratio",
                Unit = "observed slope / bound",
                Baseline = "a slope twice as large",
                Criterion = Criterion.AtMost(1, nullValue: 2),
                PaperFigure = "a bound, by proof",
            },
            new()
            {
                Id = "caps-hold",
                Statement = "After training with Muon, the soft and the hard cap have kept every matrix's norm at σ_max: largest norm over σ_max, less 1.",
                Metric = "cap-excess",
                Unit = "relative excess",
                Baseline = "a tenth above",
                Criterion = Criterion.AtMost(1e-3, nullValue: 0.1),
                PaperFigure = "norms are capped, by construction",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "caps-accuracy",
                Statement = "Their accuracy is within a point of spectral normalisation at the same σ_max: normalisation less the worse of the caps.",
                Metric = "cap-loss",
                Unit = "percentage points of test accuracy",
                Baseline = "a loss of three points",
                Criterion = Criterion.AtMost(1, nullValue: 3),
                PaperFigure = "caps do as well or better; no number verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "soft-cap-cheaper",
                Statement = "The soft cap takes less time than cutting singular values by a decomposition, on a matrix of 256 × 256: decomposition over soft cap.",
                Metric = "soft-cap-speed-up",
                Unit = "processor time / processor time",
                Baseline = "no difference, 1",
                Criterion = Criterion.AtLeast(2, nullValue: 1),
                PaperFigure = "matrix products alone, so cheaper on accelerators; no number verified",
                MachineDependent = true,
            },
            new()
            {
                Id = "hard-cap-cheaper",
                Statement = "So does the hard cap by Newton-Schulz iterations: decomposition over hard cap.",
                Metric = "hard-cap-speed-up",
                Unit = "processor time / processor time",
                Baseline = "no difference, 1",
                Criterion = Criterion.AtLeast(1, nullValue: 1),
                PaperFigure = "matrix products alone, so cheaper on accelerators; no number verified",
                MachineDependent = true,
            },
            new()
            {
                Id = "robust",
                Statement = "The perceptron of least bound at the common loss is more accurate under attack than a plain AdamW one: difference at a fixed ε.",
                Metric = "robust-gain",
                Unit = "percentage points of accuracy under attack",
                Baseline = "plain AdamW, 0",
                Criterion = Criterion.AtLeast(2, nullValue: 0),
                PaperFigure = "lower bounds, better accuracy under attack; no number verified",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("mlp-steps", 150, 20, 20_000, "Steps of a perceptron's training."),
            ParameterDeclaration.Whole("transformer-steps", 120, 20, 20_000, "Steps of a transformer's training."),
            ParameterDeclaration.Whole("dim", 32, 8, 512, "Channels of the transformer, a multiple of 8."),
            ParameterDeclaration.Real("step-adamw-mlp", 1e-2, 1e-6, 1, "AdamW's step size for perceptrons."),
            ParameterDeclaration.Real("step-muon-mlp", 0.1, 1e-6, 10, "Muon's, in units of √(out/in)."),
            ParameterDeclaration.Real("step-adamw-transformer", 3e-2, 1e-6, 1, "AdamW's step size for transformers."),
            ParameterDeclaration.Real("step-muon-transformer", 0.3, 1e-6, 10, "Muon's."),
            ParameterDeclaration.Real("epsilon", 0.1, 0.001, 2, "Largest change of a pixel under attack, in standard deviations of the pixels."),
            ParameterDeclaration.Real("cap", 2, 0.1, 100, "σ_max in the claims about caps."),
        ],
        Seeds = [1, 2, 3],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["mlp-steps"] = 60, ["transformer-steps"] = 50 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 3 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // One thread makes sums, and so the whole run, the same on every machine, and processor time comparable.
        set_num_threads(1);
        MeasureCost(run);
        MeasureTransformers(run);
        // Without the images the claims about them can't be decided, and their verdicts say so.
        if (FashionMnist.FindFolder() is not { } folder)
            return;
        using var images = ImageSample.Draw(FashionMnist.Read(folder), 10_000, 4000, run.Seed.Stream("images"));
        using var experiment = new PerceptronExperiment(images, run.Seed.Stream("perceptrons"));
        MeasurePerceptrons(run, experiment);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    private static void MeasureTransformers(SeedRun run)
    {
        using var experiment = new TransformerExperiment(run.Setting.Whole("dim"), run.Seed.Stream("transformers"));
        var outcomes = new Dictionary<string, List<TransformerExperiment.Outcome>>();
        foreach (var optimizer in (string[])["adamw", "muon"])
        {
            outcomes[optimizer] = [];
            foreach (var maximum in _transformerMaxima)
            {
                run.Progress(0.05 + 0.08 * (outcomes.Sum(pair => pair.Value.Count)), "Transformers");
                outcomes[optimizer].Add(experiment.Measure(
                    new(optimizer, "norm", maximum), run.Setting.Whole("transformer-steps"), run.Setting.Real($"step-{optimizer}-transformer"), run.CancellationToken));
            }
            foreach (var (outcome, maximum) in outcomes[optimizer].Zip(_transformerMaxima))
            {
                run.Measure($"transformer-{optimizer}-loss-{maximum}", outcome.Loss);
                run.Measure($"transformer-{optimizer}-accuracy-{maximum}", outcome.Accuracy);
            }
            run.Record($"transformer-{optimizer}-losses", outcomes[optimizer].Select(outcome => outcome.Loss));
            run.Record($"transformer-{optimizer}-bounds", outcomes[optimizer].Select(outcome => outcome.LogBound));
        }
        var (adam, muon) = (Of(outcomes["adamw"]), Of(outcomes["muon"]));
        var loss = Frontier.CommonLoss(adam, muon);
        run.Measure("transformer-common-loss", loss);
        run.Measure("transformer-log-bound-gain", adam.LogBoundAt(loss) - muon.LogBoundAt(loss));
        run.Measure("transformer-slope-ratio", outcomes.Values.SelectMany(list => list).Max(outcome => outcome.Slope));

        static Frontier Of(List<TransformerExperiment.Outcome> list) => new([.. list.Select(one => one.Loss)], [.. list.Select(one => one.LogBound)]);
    }

    private static void MeasurePerceptrons(SeedRun run, PerceptronExperiment experiment)
    {
        var outcomes = new Dictionary<string, List<PerceptronExperiment.Outcome>>();
        var taken = 0;
        PerceptronExperiment.Outcome One(string optimizer, string constraint, double maximum)
        {
            run.Progress(0.55 + 0.035 * taken++, "Perceptrons");
            return experiment.Measure(
                new(optimizer, constraint, maximum), run.Setting.Whole("mlp-steps"), run.Setting.Real($"step-{optimizer}-mlp"), run.Setting.Real("epsilon"), run.CancellationToken);
        }
        foreach (var optimizer in (string[])["adamw", "muon"])
        {
            outcomes[optimizer] = [.. Maxima.Select(maximum => One(optimizer, "norm", maximum))];
            foreach (var (outcome, maximum) in outcomes[optimizer].Zip(Maxima))
            {
                run.Measure($"mlp-{optimizer}-loss-{maximum}", outcome.Loss);
                run.Measure($"mlp-{optimizer}-robust-{maximum}", outcome.Robust);
            }
            run.Record($"mlp-{optimizer}-losses", outcomes[optimizer].Select(outcome => outcome.Loss));
            run.Record($"mlp-{optimizer}-bounds", outcomes[optimizer].Select(outcome => outcome.LogBound));
            run.Record($"mlp-{optimizer}-robust", outcomes[optimizer].Select(outcome => outcome.Robust));
        }
        var (adam, muon) = (Of(outcomes["adamw"]), Of(outcomes["muon"]));
        var loss = Frontier.CommonLoss(adam, muon);
        run.Measure("mlp-common-loss", loss);
        run.Measure("mlp-log-bound-gain", adam.LogBoundAt(loss) - muon.LogBoundAt(loss));

        // λ = 0.01, the default of AdamW.
        var plain = One("adamw", "decay", 100);
        run.Measure("mlp-plain-loss", plain.Loss);
        run.Measure("mlp-plain-accuracy", plain.Accuracy);
        run.Measure("mlp-plain-log-bound", plain.LogBound);
        run.Measure("mlp-plain-robust", plain.Robust);
        var chosen = outcomes["muon"][muon.Strongest(loss)];
        run.Measure("mlp-muon-accuracy", chosen.Accuracy);
        run.Measure("mlp-muon-log-bound", chosen.LogBound);
        run.Measure("robust-gain", chosen.Robust - plain.Robust);

        var cap = run.Setting.Real("cap");
        var (norm, soft, hard) = (One("muon", "norm", cap), One("muon", "soft", cap), One("muon", "hard", cap));
        run.Measure("norm-accuracy", norm.Accuracy);
        run.Measure("soft-accuracy", soft.Accuracy);
        run.Measure("hard-accuracy", hard.Accuracy);
        run.Measure("norm-excess", norm.Excess);
        run.Measure("cap-excess", Math.Max(soft.Excess, hard.Excess));
        run.Measure("cap-loss", norm.Accuracy - Math.Min(soft.Accuracy, hard.Accuracy));
        run.Measure("mlp-slope-ratio", outcomes.Values.SelectMany(list => list).Append(plain).Append(norm).Append(soft).Append(hard).Max(outcome => outcome.Slope));

        static Frontier Of(List<PerceptronExperiment.Outcome> list) => new([.. list.Select(one => one.Loss)], [.. list.Select(one => one.LogBound)]);
    }

    // #region cost
    /// <summary>Processor time of each constraint on one matrix.</summary>
    private static void MeasureCost(SeedRun run)
    {
        using var scope = NewDisposeScope();
        using var generator = run.Seed.Stream("cost").ToGenerator();
        var matrix = randn([256, 256], generator: generator) / 16;
        double Seconds(SpectralConstraint constraint)
        {
            const int repeats = 10;
            constraint.Apply(matrix.clone(), 0.1); // once before the clock starts, as the first call loads code
            var start = Environment.CpuUsage.TotalTime;
            // Each time the same fresh matrix: one that was capped has repeated singular values, on which the decomposition may fail.
            for (var i = 0; i < repeats; i++)
            {
                using var fresh = matrix.clone();
                constraint.Apply(fresh, 0.1);
            }
            return (Environment.CpuUsage.TotalTime - start).TotalSeconds / repeats;
        }
        run.Progress(0, "Cost");
        var decomposition = Seconds(new SpectralHardCap(1, exact: true));
        run.Measure("soft-cap-speed-up", decomposition / Seconds(new SpectralSoftCap(1)));
        run.Measure("hard-cap-speed-up", decomposition / Seconds(new SpectralHardCap(1)));
        run.Measure("normalization-speed-up", decomposition / Seconds(new SpectralNormalization(1, iterations: 10)));
        run.Measure("decomposition-milliseconds", 1000 * decomposition);
    }
    // #endregion cost
}
