using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Optimization.GradientNoise;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.GradientNoise;

/// <summary>Neelakantan et al. (2015): annealed Gaussian noise on the gradient trains networks that plain descent does not.</summary>
internal sealed class Reproduction : IReproduction
{
    private const double Trained = 80;

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "gradient-noise",
        Title = "Adding Gradient Noise Improves Learning for Very Deep Networks",
        ArxivId = "1511.06807",
        Data = "The 1,797 8 × 8 digits (Alpaydin and Kaynak 1998), 1,200 to train and 597 to test, split by seed; and strings of random bits with their parity.",
        Claims =
        [
            new()
            {
                Id = "more-restarts-train",
                Statement = "Of 20-layer ReLU networks that start from the poor initialisation N(0, 0.1²), a larger share trains (test accuracy above 80 %) with annealed gradient noise than without.",
                Metric = "share-gain",
                Unit = "difference of shares of restarts",
                Baseline = "clipped stochastic gradient descent from the same weights on the same batches, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "MNIST: gradient descent trains a 20-layer network from a poor initialisation only with noise (abstract)",
            },
            new()
            {
                Id = "fisher",
                Statement = "One study of 20 restarts with and 20 without is enough to see it: one-sided p-value of Fisher's exact test.",
                Metric = "fisher-p",
                Unit = "probability",
                Baseline = "no difference, a mean p-value of at least 0.5",
                Criterion = Criterion.AtMost(0.05, nullValue: 0.5),
                PaperFigure = "not stated",
            },
            new()
            {
                Id = "mean-accuracy",
                Statement = "The mean test accuracy over the same restarts, failures included, is larger with noise.",
                Metric = "accuracy-gain",
                Unit = "percentage points of test accuracy",
                Baseline = "without noise, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "MNIST: larger average over runs with noise",
            },
            new()
            {
                Id = "good-start",
                Statement = "From He's initialisation the same noise makes little difference to the mean test accuracy, in either direction.",
                Metric = "he-difference",
                Unit = "percentage points of test accuracy, absolute",
                Baseline = "a difference of five points",
                Criterion = Criterion.AtMost(2, nullValue: 5),
                PaperFigure = "MNIST: averages with and without noise about equal",
            },
            new()
            {
                Id = "annealed-over-fixed",
                Statement = "From the poor initialisation annealed noise gives a better mean test accuracy than noise of fixed size: the better of two, one with variance η throughout and one that adds up to as much as the annealed.",
                Metric = "annealed-gain",
                Unit = "percentage points of test accuracy",
                Baseline = "the better fixed noise, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "annealed found better than fixed noise in some experiments; no figure for this network",
            },
            new()
            {
                Id = "algorithmic-restarts",
                Statement = "Small recurrent networks learn the parity of bit strings in at least 1.5 times as many of 50 restarts with noise as without.",
                Metric = "parity-ratio",
                Unit = "ratio of successes",
                Baseline = "the same restarts without noise, 1",
                Criterion = Criterion.AtLeast(1.5, nullValue: 1),
                PaperFigure = "twice as many accurate models of binary multiplication over 7,000 restarts (abstract)",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("restarts", 20, 2, 200, "Restarts of the deep network with annealed noise, and as many without, in each seed."),
            ParameterDeclaration.Whole("controls", 5, 2, 200, "Restarts of each other condition, at most as many as restarts."),
            ParameterDeclaration.Whole("depth", 20, 3, 60, "Hidden layers."),
            ParameterDeclaration.Whole("width", 50, 4, 256, "Neurons of a hidden layer."),
            ParameterDeclaration.Whole("steps", 2000, 20, 100_000, "Steps of the deep networks, batches of 32."),
            ParameterDeclaration.Real("step-size", 0.02, 1e-4, 10, "Step size of the deep networks, the same in all conditions."),
            ParameterDeclaration.Real("eta", 1, 0, 10, "η, variance of the noise at step 0."),
            ParameterDeclaration.Real("small-eta", 0.01, 0, 10, "η of a further control from He's initialisation."),
            ParameterDeclaration.Real("gamma", AnnealedGradientNoise.PaperDecay, 0, 2, "γ, how fast the variance decays, also for the parity task."),
            ParameterDeclaration.Real("deviation", 0.1, 0, 1, "Standard deviation of the poor initial weights."),
            ParameterDeclaration.Whole("parity-restarts", 50, 2, 500, "Restarts of the recurrent network with noise, and as many without, in each seed."),
            ParameterDeclaration.Whole("bits", 8, 2, 12, "Length of the bit strings."),
            ParameterDeclaration.Whole("hidden", 8, 1, 128, "Neurons of the recurrent network."),
            ParameterDeclaration.Whole("parity-steps", 2000, 20, 100_000, "Steps of the recurrent networks, batches of 32."),
            ParameterDeclaration.Real("parity-step-size", 0.5, 1e-4, 10, "Step size of the recurrent networks, with noise and without."),
            ParameterDeclaration.Real("parity-eta", 0.01, 0, 10, "η for the recurrent networks."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue>
            {
                ["restarts"] = 5,
                ["controls"] = 2,
                ["depth"] = 16,
                ["steps"] = 1000,
                ["step-size"] = 0.03,
                ["parity-restarts"] = 30,
                ["parity-steps"] = 1500,
            },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The products are many and small: a second thread spends more time waiting than computing.
        TorchSharp.torch.set_num_threads(1);
        MeasureDeepNetworks(run);
        MeasureParity(run);
    }

    private static void MeasureDeepNetworks(SeedRun run)
    {
        var setting = new DeepNetworkStudy.Setting(
            run.Setting.Whole("restarts"), Math.Min(run.Setting.Whole("restarts"), run.Setting.Whole("controls")), run.Setting.Whole("depth"), run.Setting.Whole("width"),
            run.Setting.Whole("steps"), run.Setting.Real("step-size"), run.Setting.Real("eta"), run.Setting.Real("small-eta"), run.Setting.Real("gamma"), run.Setting.Real("deviation"));
        run.Progress(0, "Deep networks");
        using var study = new DeepNetworkStudy(setting, run.Seed.Stream("deep"));
        var outcome = study.Run(done => run.Progress(0.7 * done, "Deep networks"), run.CancellationToken);
        var final = outcome.Accuracies.ToDictionary(pair => pair.Key, pair => new RestartStudy(pair.Value[^1], Trained));

        run.Measure("share-gain", final["annealed"].Share - final["plain"].Share);
        run.Measure("fisher-p", final["annealed"].PValueOfMoreSuccesses(final["plain"]));
        run.Measure("accuracy-gain", final["annealed"].MeanScore - final["plain"].MeanScore);
        run.Measure("he-difference", Math.Abs(final["he-annealed"].MeanScore - final["he-plain"].MeanScore));
        // The controls are as many as the first of the restarts, from the same weights.
        var matched = final["annealed"].Scores.Take(setting.Controls).Average();
        run.Measure("annealed-gain", matched - Math.Max(final["fixed"].MeanScore, final["fixed-eta"].MeanScore));
        foreach (var name in study.Names)
        {
            run.Measure($"{name}-accuracy", final[name].MeanScore);
            run.Measure($"{name}-share", final[name].Share);
            run.Measure($"{name}-best", final[name].Scores.Max());
            run.Record($"{name}-final", final[name].Scores);
            run.Record($"{name}-curve", outcome.Accuracies[name].Select(restarts => restarts.Average()));
            run.Record($"{name}-deviation", outcome.Deviations[name]);
        }
        run.Record("predicted-deviation", Enumerable.Range(0, DeepNetworkStudy.Points + 1)
            .Select(point => study.PredictedDeviation((long)setting.Steps * point / DeepNetworkStudy.Points)));
    }

    private static void MeasureParity(SeedRun run)
    {
        var setting = new ParityStudy.Setting(
            run.Setting.Whole("parity-restarts"), run.Setting.Whole("bits"), run.Setting.Whole("hidden"), run.Setting.Whole("parity-steps"),
            run.Setting.Real("parity-step-size"), run.Setting.Real("parity-eta"), run.Setting.Real("gamma"));
        var outcome = ParityStudy.Run(setting, run.Seed.Stream("parity"), done => run.Progress(0.7 + 0.3 * done, "Parity"), run.CancellationToken);
        var (plain, noisy) = (new RestartStudy(outcome.Plain, ParityStudy.Solved), new RestartStudy(outcome.Noisy, ParityStudy.Solved));
        run.Measure("parity-ratio", noisy.SuccessRatio(plain));
        run.Measure("parity-plain", plain.Share);
        run.Measure("parity-noisy", noisy.Share);
        run.Measure("parity-fisher-p", noisy.PValueOfMoreSuccesses(plain));
        run.Record("parity-plain-solved", outcome.PlainSolved);
        run.Record("parity-noisy-solved", outcome.NoisySolved);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
