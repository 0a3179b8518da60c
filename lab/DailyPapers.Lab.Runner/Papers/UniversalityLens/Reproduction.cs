using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.UniversalityLens;

/// <summary>Feder, Urbanke and Fogel (2025): the regret of a Bayesian mixture follows the weight of the truth, not the size of the class.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Samples = "n";
    private const string Dimension = "d";
    private const string Draws = "draws";
    private const string Networks = "networks";
    private const string Noise = "eta";
    private const string NoFigure = "none: a theorem, without experiments";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "universality-lens",
        Title = "The Universality Lens: Why Even Highly Over-Parametrized Models Learn Well",
        ArxivId = "2506.07661",
        Data = "Synthetic: coins, Gaussian inputs with logistic labels, Gaussian means, truth tables of seven bits; all drawn anew for every seed.",
        Claims =
        [
            new()
            {
                Id = "below-bound",
                Statement = "The regret of a mixture over a grid lies below the bound by the truth's weight at every sample size: the largest regret over bound, coins (n to 4,096) and logistic regression in the plane (n to 1,024).",
                Metric = "largest-share",
                Unit = "share of the bound",
                Baseline = "the bound itself, 1",
                Criterion = Criterion.AtMost(1, nullValue: 1),
                PaperFigure = NoFigure,
            },
            new()
            {
                Id = "bound-tight",
                Statement = "At its best radius the bound is within a factor of 3 of the regret at every one of those sample sizes.",
                Metric = "largest-slack",
                Unit = "bound over regret",
                Baseline = "a bound that is loose by a factor of 10",
                Criterion = Criterion.AtMost(3, nullValue: 10),
                PaperFigure = NoFigure,
            },
            new()
            {
                Id = "redundant-parameters",
                Statement = "Copies of the features that decide cost a logistic regression almost nothing: exponent a of regret ∝ d^a.",
                Metric = "redundant-exponent",
                Unit = "1",
                Baseline = "(d/2n) ln n, in proportion to d, 1",
                Criterion = Criterion.AtMost(0.3, nullValue: 1),
                PaperFigure = NoFigure,
            },
            new()
            {
                Id = "irrelevant-parameters",
                Statement = "Fresh features that do not decide cost it far less than (d/2n) ln n under the prior N(0, I): exponent a of regret ∝ d^a.",
                Metric = "irrelevant-exponent",
                Unit = "1",
                Baseline = "(d/2n) ln n, in proportion to d, 1",
                Criterion = Criterion.AtMost(0.5, nullValue: 1),
                PaperFigure = NoFigure,
            },
            new()
            {
                Id = "generic-truth",
                Statement = "For a truth drawn from that prior the regret follows (d/2n) ln n: exponent a of regret ∝ d^a.",
                Metric = "generic-exponent",
                Unit = "1",
                Baseline = "a regret that does not depend on d, 0",
                Criterion = Criterion.Within(0.75, 1.25, nullValue: 0),
                PaperFigure = NoFigure,
            },
            new()
            {
                Id = "depth-makes-simple",
                Statement = "Four times the parameters halve the regret of a sparse truth when they come as depth: products of four uniform weights against one, 32 means of which 30 are zero.",
                Metric = "depth-ratio",
                Unit = "regret at depth 4 over depth 1",
                Baseline = "the shallow class, 1",
                Criterion = Criterion.AtMost(0.5, nullValue: 1),
                PaperFigure = NoFigure,
            },
            new()
            {
                Id = "langevin-is-the-mixture",
                Statement = "An ensemble of Langevin samples has the log-loss of the exact mixture within 5 %.",
                Metric = "ensemble-error",
                Unit = "mean relative difference of log-loss",
                Baseline = "a coin, ln 2, is off by more than half",
                Criterion = Criterion.AtMost(0.05, nullValue: 0.5),
                PaperFigure = "SGLD samples the posterior; no number stated",
            },
            new()
            {
                Id = "single-model-worse",
                Statement = "The single model of greatest likelihood has a greater log-loss than that ensemble on the same data sets.",
                Metric = "best-likelihood-excess",
                Unit = "nats",
                Baseline = "the ensemble, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "not stated",
            },
            new()
            {
                Id = "frequent-is-simple",
                Statement = "Among boolean functions of random networks the greatest frequency falls exponentially with Lempel–Ziv complexity: correlation of its logarithm with complexity.",
                Metric = "frequency-correlation",
                Unit = "1",
                Baseline = "frequency that does not depend on complexity, 0",
                Criterion = Criterion.AtMost(-0.9, nullValue: 0),
                PaperFigure = "not stated",
            },
            new()
            {
                Id = "frequent-is-learnt",
                Statement = "The mixture of these functions learns the frequent ones with less regret: rank correlation of weight and regret over 48 targets.",
                Metric = "weight-regret-correlation",
                Unit = "1",
                Baseline = "regret that does not depend on the weight, 0",
                Criterion = Criterion.AtMost(-0.7, nullValue: 0),
                PaperFigure = "none: it follows from the bound",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole(Samples, 4096, 128, 8192, "Samples of the experiments that add parameters."),
            ParameterDeclaration.Whole(Dimension, 512, 8, 1024, "The largest number of parameters of the logistic regression; rounded down to a power of two."),
            ParameterDeclaration.Whole(Draws, 4, 1, 100, "Data sets averaged within a seed up to 64 parameters; beyond, one is enough."),
            ParameterDeclaration.Whole(Networks, 1_000_000, 10_000, 10_000_000, "Random networks whose functions are counted."),
            ParameterDeclaration.Real(Noise, 0.05, 0.001, 0.4, "Probability that a value of a boolean function is flipped."),
        ],
        Seeds = [1, 2, 3, 4, 5, 6, 7, 8],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { [Samples] = 1024, [Dimension] = 64, [Networks] = 40_000 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 8 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        MeasureGrids(run);
        MeasureParameters(run);
        MeasureEnsemble(run);
        MeasureFunctions(run);
    }

    private static void MeasureGrids(SeedRun run)
    {
        run.Progress(0, "Mixtures over grids");
        var coins = GridMixtures.Coins(run.Seed.Stream("coins"), run.CancellationToken);
        run.Progress(0.03, "Logistic regression in the plane");
        var logistic = GridMixtures.Logistic(run.Seed.Stream("logistic"), run.CancellationToken);
        run.Measure("largest-share", Math.Max(coins.LargestShare, logistic.LargestShare));
        run.Measure("largest-slack", Math.Max(coins.LargestSlack, logistic.LargestSlack));
        run.Measure("slack-at-largest-n", Math.Max(coins.Bounds[^1] / coins.Regrets[^1], logistic.Bounds[^1] / logistic.Regrets[^1]));
        run.Record("coins-regret", coins.Regrets);
        run.Record("coins-bound", coins.Bounds);
        run.Record("logistic-regret", logistic.Regrets);
        run.Record("logistic-bound", logistic.Bounds);
    }

    private static void MeasureParameters(SeedRun run)
    {
        var (samples, draws) = (run.Setting.Whole(Samples), run.Setting.Whole(Draws));
        var dimensions = AddedParameters.Dimensions(run.Setting.Whole(Dimension));
        var regrets = new List<(double Redundant, double Irrelevant, double Generic)>();
        foreach (var dimension in dimensions)
        {
            run.Progress(0.05 + 0.35 * dimension / dimensions[^1], $"Logistic regression with {dimension} parameters");
            regrets.Add(AddedParameters.LogisticRegret(dimension, samples, dimension <= 64 ? draws : 1, run.Seed.Stream("parameters"), run.CancellationToken));
        }
        Report("redundant", regret => regret.Redundant);
        Report("irrelevant", regret => regret.Irrelevant);
        Report("generic", regret => regret.Generic);

        run.Progress(0.4, "Depth");
        var (sparse, generic) = AddedParameters.DepthRegret(samples, run.Seed.Stream("depth"), run.CancellationToken);
        var four = Array.IndexOf(AddedParameters.Depths, 4);
        run.Measure("depth-ratio", sparse[four] / sparse[0]);
        run.Measure("depth-ratio-generic", generic[four] / generic[0]);
        run.Record("depth-sparse", sparse);
        run.Record("depth-generic", generic);

        void Report(string name, Func<(double Redundant, double Irrelevant, double Generic), double> pick)
        {
            double[] values = [.. regrets.Select(pick)];
            run.Measure($"{name}-exponent", AddedParameters.LogSlope([.. dimensions.Select(d => (double)d)], values));
            run.Measure($"{name}-regret-at-largest-d", values[^1]);
            run.Record(name, values);
        }
    }

    private static void MeasureEnsemble(SeedRun run)
    {
        run.Progress(0.45, "Langevin ensembles");
        var losses = LangevinEnsemble.Run(run.Seed.Stream("ensemble"), done => run.Progress(0.45 + 0.1 * done, "Langevin ensembles"));
        run.Measure("ensemble-error", losses.RelativeError);
        run.Measure("best-likelihood-excess", losses.BestLikelihood - losses.Ensemble[^1]);
        run.Measure("mixture-loss", losses.Mixture);
        run.Measure("truth-loss", losses.Truth);
        run.Record("ensemble-excess", losses.Ensemble.Select(loss => loss - losses.Truth));
        run.Record("mixture-excess", [losses.Mixture - losses.Truth]);
        run.Record("best-excess", [losses.BestLikelihood - losses.Truth]);
    }

    private static void MeasureFunctions(SeedRun run)
    {
        run.Progress(0.55, "Random networks");
        var outcome = FunctionPrior.Run(
            run.Setting.Whole(Networks), run.Setting.Real(Noise), run.Seed.Stream("functions"),
            done => run.Progress(0.55 + 0.45 * done, "Random networks"), run.CancellationToken);
        run.Measure("frequency-correlation", outcome.FrequencyCorrelation);
        run.Measure("decades-per-bit", outcome.DecadesPerBit);
        run.Measure("weight-regret-correlation", outcome.RegretCorrelation);
        run.Measure("constant-share", outcome.ConstantShare);
        run.Measure("function-bound-share", outcome.Regrets.Zip(outcome.Bounds, (regret, bound) => regret / bound).Max());
        run.Record("complexities", outcome.Complexities);
        run.Record("log-frequencies", outcome.LogFrequencies);
        run.Record("target-weights", outcome.TargetLogWeights);
        run.Record("target-regrets", outcome.Regrets);
        run.Record("target-bounds", outcome.Bounds);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet, sheet.Setting.Whole(Samples), AddedParameters.Dimensions(sheet.Setting.Whole(Dimension)));
}
