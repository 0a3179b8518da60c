using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>
/// "More is Better in Modern Machine Learning" (Simon et al., 2023): closed-form errors of random-feature regression against
/// simulation, and when fitting the training sample almost perfectly is optimal.
/// </summary>
internal sealed class Reproduction : IReproduction
{
    private const string Largest = "largest";
    private const string Draws = "draws";
    private const string Samples = "n";
    private const string Images = "images";
    private const string HiddenLayers = "hiddenLayers";

    // What interpolation-or-not looks like from the other side: the ratio above which a task counts as not overfitted.
    private const double WellAboveInterpolation = 0.3;
    private const double NearInterpolation = 0.05;

    private static readonly ScaleRequirement _needsDraws = new()
    {
        Description = "small draws scatter around the theory by more than the threshold; many large ones have to be averaged",
        FullModeOnly = true,
    };

    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "more-is-better",
        Title = "More is Better in Modern Machine Learning: when Infinite Overparameterization is Optimal and Overfitting is Obligatory",
        ArxivId = "2311.14646",
        Claims =
        [
            new Claim
            {
                Id = "gaussian-features",
                Statement = "From the kernel's spectrum alone, the eigenframework predicts train and test error of regression with Gaussian random features: mean relative deviation over a grid of samples, features and ridges.",
                Metric = "gaussian-deviation",
                Unit = "1",
                Baseline = "kernel ridge theory, which takes the number of features for infinite, is off by more than half",
                Criterion = Criterion.AtMost(0.05, nullValue: 0.5),
                PaperFigure = "theory curves lie on the simulated points; no number stated",
                SmallestScale = _needsDraws,
            },
            new Claim
            {
                Id = "gaussian-features-everywhere",
                Statement = "It does so in every cell of that grid: largest relative deviation, which includes the sampling noise of the worst cell.",
                Metric = "gaussian-largest-deviation",
                Unit = "1",
                Baseline = "kernel ridge theory, which takes the number of features for infinite, is off by more than half",
                Criterion = Criterion.AtMost(0.05, nullValue: 0.5),
                PaperFigure = "theory curves lie on the simulated points; no number stated",
                SmallestScale = _needsDraws,
            },
            new Claim
            {
                Id = "relu-features",
                Statement = "The same formulas hold for ReLU features of points on a sphere, whose features are not Gaussian: mean relative deviation over the grid.",
                Metric = "relu-deviation",
                Unit = "1",
                Baseline = "kernel ridge theory, which takes the number of features for infinite, is off by more than half",
                Criterion = Criterion.AtMost(0.05, nullValue: 0.5),
                PaperFigure = "theory curves lie on the simulated points; no number stated",
                SmallestScale = _needsDraws,
            },
            new Claim
            {
                Id = "relu-features-everywhere",
                Statement = "They do so in every cell of that grid: largest relative deviation, which includes the sampling noise of the worst cell.",
                Metric = "relu-largest-deviation",
                Unit = "1",
                Baseline = "kernel ridge theory, which takes the number of features for infinite, is off by more than half",
                Criterion = Criterion.AtMost(0.05, nullValue: 0.5),
                PaperFigure = "theory curves lie on the simulated points; no number stated",
                SmallestScale = _needsDraws,
            },
            new Claim
            {
                Id = "tuned-ridge-monotone",
                Statement = "At the best ridge the simulated test error never rises, by more than two standard errors, when samples or features are added.",
                Metric = "rises-at-tuned-ridge",
                Unit = "steps",
                Baseline = "at a fixed ridge the error rises on the way to the interpolation threshold, at least once",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = "none: a theorem",
            },
            new Claim
            {
                Id = "theory-monotone",
                Statement = "At the optimal ridge the predicted test error falls strictly with every added sample and feature, on the whole heat map.",
                Metric = "rises-in-theory",
                Unit = "steps",
                Baseline = "one rise refutes the theorem",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = "none: a theorem",
                Deterministic = true,
            },
            new Claim
            {
                Id = "double-descent",
                Statement = "At a small fixed ridge the test error peaks where the number of features equals the number of samples: twice the error at a quarter and at four times as many features.",
                Metric = "peak-height",
                Unit = "times the higher side",
                Baseline = "no peak",
                Criterion = Criterion.AtLeast(2, nullValue: 1),
                PaperFigure = "a visible peak; no number stated",
            },
            new Claim
            {
                Id = "overfitting-obligatory",
                Statement = "On power-law tasks with at most half the noise (β−α)/(α(α−1)) that the theorem allows, test error is least where the train error is almost zero: the largest optimal E_train/E_test of all such tasks is small.",
                Metric = "obligatory-fit-ratio",
                Unit = "1",
                Baseline = $"a task that is not overfitted at its optimum, with a ratio of at least {WellAboveInterpolation}",
                Criterion = Criterion.AtMost(NearInterpolation, nullValue: WellAboveInterpolation),
                PaperFigure = "0 by the theorem as n grows",
            },
            new Claim
            {
                Id = "overfitting-optional",
                Statement = "On an easy target (β = 3) under strong noise, the optimum fits the training sample only in part.",
                Metric = "easy-noisy-fit-ratio",
                Unit = "1",
                Baseline = $"a task whose optimum nearly interpolates, with a ratio of at most {NearInterpolation}",
                Criterion = Criterion.AtLeast(WellAboveInterpolation, nullValue: NearInterpolation),
                PaperFigure = "well above 0 by the theorem; the value follows from α, β and the noise",
            },
            new Claim
            {
                Id = "images-predicted",
                Statement = "The exponents measured on Fashion-MNIST with a ReLU network's tangent kernel predict that near-interpolation is optimal.",
                Metric = "images-predicted-fit-ratio",
                Unit = "1",
                Baseline = $"a task that is not overfitted at its optimum, with a ratio of at least {WellAboveInterpolation}",
                Criterion = Criterion.AtMost(NearInterpolation, nullValue: WellAboveInterpolation),
                PaperFigure = "near 0, for convolutional kernels on image sets",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new Claim
            {
                Id = "images-measured",
                Statement = "On test images the error is in fact least where the train error is almost zero.",
                Metric = "images-fit-ratio",
                Unit = "1",
                Baseline = $"a task that is not overfitted at its optimum, with a ratio of at least {WellAboveInterpolation}",
                Criterion = Criterion.AtMost(NearInterpolation, nullValue: WellAboveInterpolation),
                PaperFigure = "near 0, for convolutional kernels on image sets",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole(Largest, 800, 160, 2000, "Largest n and k of the random-feature experiments."),
            ParameterDeclaration.Whole(Draws, 16, 4, 200, "Draws of samples and features that are averaged within a seed."),
            ParameterDeclaration.Whole(Samples, 400, 100, 2000, "Samples of the power-law experiment."),
            ParameterDeclaration.Whole(Images, 2000, 400, 6000, "Training images; as many test images, up to 2,000."),
            ParameterDeclaration.Whole(HiddenLayers, 3, 1, 10, "Hidden layers of the network whose tangent kernel is used on images."),
        ],
        Data = "Gaussian and spherical designs drawn from formulas, with exactly known kernel spectra; Fashion-MNIST (Xiao, Rasul, Vollgraf 2017) from a folder, subsets by seed.",
        Seeds = [1, 2, 3, 4, 5, 6],
        Quick = new RunBudget
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue>
            {
                [Largest] = 400,
                [Draws] = 8,
                [Samples] = 200,
                [Images] = 1000,
            },
        },
        Full = new RunBudget { TimeLimitSeconds = 900, SeedCount = 6 },
    };

    public void RunSeed(SeedRun run)
    {
        var (largest, draws) = (run.Setting.Whole(Largest), run.Setting.Whole(Draws));
        MeasureDeviations(run, largest, draws);
        MeasureCurves(run, largest, draws);
        MeasurePowerLaws(run, run.Setting.Whole(Samples), Math.Max(2, draws / 4));
        if (ScaleRequirements.FashionMnistImages is null)
            MeasureImages(run, run.Setting.Whole(Images), run.Setting.Whole(HiddenLayers));
    }

    private static void MeasureDeviations(SeedRun run, int largest, int draws)
    {
        foreach (var (name, task, progress) in new[] { ("gaussian", FeatureTask.Gaussian, 0.0), ("relu", FeatureTask.Relu, 0.3) })
        {
            run.Progress(progress, $"{name} features against theory");
            var (theory, kernelTheory) = FeatureExperiments.Deviations(task, largest, draws, run.Seed.Stream(name), run.CancellationToken);
            run.Measure($"{name}-deviation", theory.Average());
            run.Measure($"{name}-largest-deviation", theory.Max());
            run.Measure($"{name}-deviation-of-kernel-theory", kernelTheory.Average());
        }
    }

    private static void MeasureCurves(SeedRun run, int largest, int draws)
    {
        run.Progress(0.5, "Test error along n and k");
        var (alongSamples, alongFeatures) = FeatureExperiments.Curves(FeatureTask.Gaussian, largest, draws, run.Seed.Stream("curves"), run.CancellationToken);
        run.Measure("rises-at-tuned-ridge", alongSamples.Violations() + alongFeatures.Violations());
        run.Measure("rises-in-theory", FeatureExperiments.TheoryViolations(FeatureTask.Gaussian, largest));
        var at = Array.IndexOf(FeatureExperiments.CurveSizes(largest), largest / 4);
        var untuned = alongFeatures.Fixed;
        run.Measure("peak-height", untuned[at] / Math.Max(untuned[at - 2], untuned[at + 2]));
        run.Record("samples-tuned", alongSamples.Tuned);
        run.Record("samples-fixed", alongSamples.Fixed);
        run.Record("features-tuned", alongFeatures.Tuned);
        run.Record("features-fixed", alongFeatures.Fixed);

        run.Progress(0.65, "Heat map");
        var (atFixed, tuned) = FeatureExperiments.HeatMap(FeatureTask.Gaussian, largest, run.Seed.Stream("heat map"), run.CancellationToken);
        run.Record("heat-fixed", atFixed);
        run.Record("heat-tuned", tuned);
    }

    private static void MeasurePowerLaws(SeedRun run, int samples, int draws)
    {
        run.Progress(0.7, "Power-law tasks");
        var errors = PowerLawSimulation.Run(samples, draws, run.Seed.Stream("power law"), run.CancellationToken);
        run.Measure("obligatory-fit-ratio", PowerLawSimulation.Obligatory.Max(task => PowerLawSimulation.OptimalFitRatio(errors[task])));
        run.Measure("easy-noisy-fit-ratio", PowerLawSimulation.OptimalFitRatio(errors[PowerLawSimulation.EasyNoisy]));
        foreach (var (beta, noise) in errors.Keys)
        {
            run.Record(Series("test", beta, noise), errors[(beta, noise)].Test);
            run.Record(Series("ratio", beta, noise), [PowerLawSimulation.OptimalFitRatio(errors[(beta, noise)])]);
        }
    }

    private static void MeasureImages(SeedRun run, int images, int hiddenLayers)
    {
        run.Progress(0.85, "Fashion-MNIST with a tangent kernel");
        var data = FashionMnist.Read(FashionMnist.FindFolder()!);
        var result = FashionImages.Run(data, images, hiddenLayers, run.Seed.Stream("images"), run.CancellationToken);
        run.Measure("images-alpha", result.Exponents.Alpha);
        run.Measure("images-beta", result.Exponents.Beta);
        run.Measure("images-predicted-fit-ratio", result.PredictedFitRatio(0));
        run.Measure("images-fit-ratio", result.OptimalFitRatio(0));
        run.Measure("images-ridgeless-excess", result.Test[0][0] / result.Test[0].Min() - 1);
        for (var noise = 0; noise < FashionImages.RelativeNoise.Length; noise++)
        {
            run.Record($"images-test-{noise}", result.Test[noise]);
            run.Record($"images-train-{noise}", result.Train[noise]);
            run.Record($"images-ratios-{noise}", [result.OptimalFitRatio(noise), result.PredictedFitRatio(FashionImages.RelativeNoise[noise])]);
        }
    }

    /// <summary>Name of a power-law series.</summary>
    internal static string Series(string what, double beta, double noise) => FormattableString.Invariant($"{what}-beta-{beta}-noise-{noise}");

    public void Draw(FigureSheet sheet)
    {
        var largest = sheet.Setting.Whole(Largest);
        Figures.DrawHeatMaps(sheet, largest);
        Figures.DrawCurves(sheet, largest);
        Figures.DrawRidgeCurves(sheet, sheet.Setting.Whole(Samples));
        Figures.DrawFitRatios(sheet);
        if (ScaleRequirements.FashionMnistImages is null)
            Figures.DrawImages(sheet);
    }
}
