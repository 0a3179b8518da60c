using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.GeneralizationDynamics;

/// <summary>Advani and Saxe (2017): exact learning curves of linear students, and where overtraining hurts.</summary>
internal sealed class Reproduction : IReproduction
{
    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "generalization-dynamics",
        Title = "High-dimensional dynamics of generalization error in neural networks",
        ArxivId = "1710.03667",
        Data = "Gaussian inputs; labels from a random linear teacher, and from a random ReLU teacher of 5 hidden units and 20 inputs (200 samples), with Gaussian noise; all drawn anew for every seed.",
        Claims =
        [
            Curve("half", "0.5"),
            Curve("one", "1"),
            Curve("two", "2"),
            new()
            {
                Id = "peak-at-one",
                Statement = "The test error after long training, as a function of α = P/N, is largest where there are as many samples as parameters.",
                Metric = "peak-alpha",
                Unit = "α",
                Baseline = "more data always help, so the error is largest at the smallest α, 0.25",
                Criterion = Criterion.Within(0.9, 1.1, nullValue: 0.25),
                PaperFigure = "α = 1",
            },
            new()
            {
                Id = "predicted-stopping",
                Statement = "Stopping at the time that theory predicts is as good as stopping at the best time seen on the test error: largest relative excess over α = 0.5, 1 and 2.",
                Metric = "stopping-excess",
                Unit = "relative excess of test error",
                Baseline = "training on, which costs half as much again or more at α = 1",
                Criterion = Criterion.AtMost(0.03, nullValue: 0.5),
                PaperFigure = "follows from the formula",
            },
            new()
            {
                Id = "stopping-near-ridge",
                Statement = "It is nearly as good as ridge regression at the best ridge: largest relative excess over α = 0.5, 1 and 2.",
                Metric = "ridge-excess",
                Unit = "relative excess of test error",
                Baseline = "training on, which costs half as much again or more at α = 1",
                Criterion = Criterion.AtMost(0.03, nullValue: 0.5),
                PaperFigure = "ridge is slightly better",
            },
            new()
            {
                Id = "initial-weights-linear",
                Statement = "With fewer samples than inputs (α = 0.5) the error after long training is a linear function of the variance of the initial weights: share of variance that the line explains.",
                Metric = "initial-linearity",
                Unit = "R²",
                Baseline = "no dependence, 0",
                Criterion = Criterion.AtLeast(0.99, nullValue: 0),
                PaperFigure = "follows from the formula",
            },
            new()
            {
                Id = "initial-weights-slope",
                Statement = "Its slope is the share of frozen directions, 1 − α: measured over predicted.",
                Metric = "initial-slope",
                Unit = "ratio",
                Baseline = "no dependence, 0",
                Criterion = Criterion.Within(0.95, 1.05, nullValue: 0),
                PaperFigure = "1",
            },
            new()
            {
                Id = "relu-peak",
                Statement = "A two-layer ReLU student trained to the end has its largest test error where it has about as many first-layer weights as samples: parameters over samples at the peak.",
                Metric = "relu-peak-ratio",
                Unit = "N·h/P",
                Baseline = "error grows with the number of parameters, so it is largest at the largest, 8",
                Criterion = Criterion.Within(0.5, 2, nullValue: 8),
                PaperFigure = "near 1",
            },
            new()
            {
                Id = "relu-wider-is-better",
                Statement = "With eight times as many parameters as samples its test error is lower than with as many, without early stopping.",
                Metric = "relu-wide-error-ratio",
                Unit = "ratio of test errors",
                Baseline = "no difference, 1",
                Criterion = Criterion.AtMost(1, nullValue: 1),
                PaperFigure = "lower; no figure known to us",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("inputs", 1000, 100, 2000, "N, inputs of the linear students whose curves are compared with theory."),
            ParameterDeclaration.Whole("draws", 10, 1, 50, "Draws of data and teacher averaged within a seed; the sweeps, which are smaller, take four and six times as many."),
            ParameterDeclaration.Whole("sweepInputs", 200, 50, 1000, "N in the sweeps of α and of initial weights."),
            ParameterDeclaration.Real("snr", 5, 0.1, 1000, "Signal-to-noise ratio σ_w²/σ_ε² of the linear teacher."),
            ParameterDeclaration.Real("inr", 0.25, 0, 10, "Variance of the initial weights in units of the teacher's, for the curves."),
            ParameterDeclaration.Real("reluSnr", 4, 0.1, 1000, "Signal-to-noise ratio of the ReLU teacher."),
            ParameterDeclaration.Real("reluScale", 0.3, 0.001, 10, "Scale of the ReLU students' initial weights."),
            ParameterDeclaration.Whole("reluSteps", 4000, 100, 100_000, "Steps of training of the ReLU students."),
            ParameterDeclaration.Whole("reluNetworks", 6, 1, 50, "ReLU teachers, each with a student of each width, averaged within a seed."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["inputs"] = 400, ["reluSteps"] = 1500, ["reluNetworks"] = 4 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        var threads = TorchSharp.torch.get_num_threads();
        try
        {
            // Small matrices: a second thread spends more time waiting than computing.
            TorchSharp.torch.set_num_threads(1);
            MeasureLinear(run);
            MeasureRelu(run);
        }
        finally
        {
            TorchSharp.torch.set_num_threads(threads);
        }
    }

    private static void MeasureLinear(SeedRun run)
    {
        var (inputs, draws, snr, inr) = (run.Setting.Whole("inputs"), run.Setting.Whole("draws"), run.Setting.Real("snr"), run.Setting.Real("inr"));
        double stopping = double.NegativeInfinity, ridge = double.NegativeInfinity;
        string[] names = ["half", "one", "two"];
        for (var i = 0; i < names.Length; i++)
        {
            var (name, done) = (names[i], 0);
            var first = i / 6.0;
            var curves = LinearExperiments.Run(
                LinearExperiments.Alphas[i], inputs, draws, snr, inr, run.Seed.Stream(name), () => run.Progress(first + done++ / (6.0 * draws), "Learning curves"));
            run.Measure($"deviation-{name}", curves.Deviation);
            run.Measure($"mean-field-deviation-{name}", curves.DeviationOfMeanField);
            run.Measure($"late-excess-{name}", curves.LateExcess);
            run.Measure($"ridge-excess-{name}", curves.RidgeExcess);
            (stopping, ridge) = (Math.Max(stopping, curves.StoppingExcess), Math.Max(ridge, curves.RidgeExcess));
            run.Record($"test-{name}", curves.Test);
            run.Record($"train-{name}", curves.Train);
            run.Record($"theory-{name}", curves.Theory);
            run.Record($"train-theory-{name}", curves.TrainTheory);
        }
        run.Measure("stopping-excess", stopping);
        run.Measure("ridge-excess", ridge);

        var sweepInputs = run.Setting.Whole("sweepInputs");
        var (late, stopped) = LinearExperiments.Sweep(sweepInputs, 4 * draws, snr, run.Seed.Stream("sweep"), () => run.Progress(0.55, "Sweep of α"));
        run.Measure("peak-alpha", LinearExperiments.SweptAlphas[Array.IndexOf(late, late.Max())]);
        run.Record("late", late);
        run.Record("stopped", stopped);

        var errors = LinearExperiments.InitialWeights(sweepInputs, 6 * draws, snr, run.Seed.Stream("initial weights"), () => run.Progress(0.6, "Initial weights"));
        var (slope, explained) = LinearExperiments.Line(LinearExperiments.Initial, errors);
        run.Measure("initial-linearity", explained);
        run.Measure("initial-slope", slope / 0.5);
        run.Record("initial", errors);
    }

    private static void MeasureRelu(SeedRun run)
    {
        var steps = run.Setting.Whole("reluSteps");
        var seed = run.Seed.Stream("relu");
        using var experiment = new ReluExperiment(run.Setting.Whole("reluNetworks"), run.Setting.Real("reluSnr"), seed);
        var widths = ReluExperiment.Widths;
        var outcomes = new ReluExperiment.Outcome[widths.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            var first = 0.65 + 0.3 * i / widths.Length;
            outcomes[i] = experiment.Train(
                widths[i], run.Setting.Real("reluScale"), steps, seed.Stream($"width {widths[i]}"),
                done => run.Progress(first + 0.3 * done / widths.Length, "ReLU students"));
        }
        double[] final = [.. outcomes.Select(outcome => outcome.Final)];
        var peak = Array.IndexOf(final, final.Max());
        run.Measure("relu-peak-ratio", (double)widths[peak] / ReluExperiment.Balanced);
        run.Measure("relu-wide-error-ratio", final[Array.IndexOf(widths, 8 * ReluExperiment.Balanced)] / final[Array.IndexOf(widths, ReluExperiment.Balanced)]);
        run.Measure("relu-train-error-at-peak", outcomes[peak].Train);
        run.Measure("relu-train-error-widest", outcomes[^1].Train);
        run.Record("relu-final", final);
        run.Record("relu-least", outcomes.Select(outcome => outcome.Least));
        run.Record("relu-train", outcomes.Select(outcome => outcome.Train));

        var large = experiment.Train(widths[^1], 3, steps, seed.Stream("large"), done => run.Progress(0.95 + 0.05 * done, "Large initial weights"));
        run.Measure("relu-large-initial-ratio", large.Final / final[^1]);
        run.Measure("relu-large-initial-train-error", large.Train);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    private static Claim Curve(string name, string alpha) => new()
    {
        Id = $"curve-{name}",
        Statement = $"The integral over the Marchenko-Pastur law predicts the test error during training at α = {alpha}: mean over times from 0.1 τ to 100 τ of the relative deviation of the mean over draws.",
        Metric = $"deviation-{name}",
        Unit = "relative deviation",
        Baseline = "a deviation of a fifth; a theory with one eigenvalue, α, for all directions is reported beside it",
        Criterion = Criterion.AtMost(0.03, nullValue: 0.2),
        PaperFigure = "simulated points lie on the curve",
    };
}
