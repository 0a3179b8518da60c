using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Generalization.WeightCompander;
using DailyPapers.Lab.Runner.Reproductions;
using TorchSharp.Modules;

namespace DailyPapers.Lab.Runner.Papers.WeightCompander;

/// <summary>Cakaj, Mehnert and Yang (2023): weights as a bounded function, steep at zero, of what is trained.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of test accuracy";
    private const int Test = 1000;

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "weight-compander",
        Title = "Weight Compander: A Simple Weight Reparameterization for Regularization",
        ArxivId = "2306.16993",
        Data = "The 1,797 8 × 8 digits (Alpaydin and Kaynak 1998), few of them for training, split by seed; and twenty Gaussian classes in 50 dimensions with wrong training labels, drawn anew for every seed.",
        Claims =
        [
            new()
            {
                Id = "lower-kurtosis",
                Statement = "Weights have a lower excess kurtosis than those of the same network without the compander: difference, mean over layers, on the digits.",
                Metric = "kurtosis-difference",
                Unit = "1",
                Baseline = "plain weights, 0",
                Criterion = Criterion.AtMost(0, nullValue: 0),
                PaperFigure = "in words: large weights are restricted (abstract)",
            },
            new()
            {
                Id = "fewer-near-zero",
                Statement = "Fewer weights lie within a tenth of a standard deviation of zero: difference of the shares, mean over layers.",
                Metric = "near-zero-difference",
                Unit = "share of the weights",
                Baseline = "plain weights, 0",
                Criterion = Criterion.AtMost(0, nullValue: 0),
                PaperFigure = "in words: weights are forced away from zero (abstract)",
            },
            new()
            {
                Id = "shorter-tails",
                Statement = "The largest weight is fewer standard deviations large: difference, mean over layers.",
                Metric = "tail-difference",
                Unit = "standard deviations",
                Baseline = "plain weights, 0",
                Criterion = Criterion.AtMost(0, nullValue: 0),
                PaperFigure = "in words: large weights are restricted (abstract)",
            },
            new()
            {
                Id = "generalises-on-digits",
                Statement = "On top of weight decay and dropout, with step size and decay tuned for each, the compander has a better test accuracy on the digits: paired difference.",
                Metric = "digits-gain",
                Unit = Points,
                Baseline = "plain weights, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "improves standard regularised networks (abstract); figures not verified here",
            },
            new()
            {
                Id = "generalises-with-wrong-labels",
                Statement = "The same on Gaussian classes with wrong training labels.",
                Metric = "mixture-gain",
                Unit = Points,
                Baseline = "plain weights, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "not stated; the task is ours",
            },
            new()
            {
                Id = "survives-random-removal",
                Statement = "Without 30 % of each layer's weights, drawn at random, the compander's network loses less: loss of plain weights less its own, on the digits.",
                Metric = "random-removal-advantage",
                Unit = Points,
                Baseline = "equal losses, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "in words: more redundant weights (abstract)",
            },
            new()
            {
                Id = "small-weights-matter",
                Statement = "Without the smallest half of each layer's weights the compander's network loses more: its loss less that of plain weights, on the digits.",
                Metric = "magnitude-pruning-excess",
                Unit = Points,
                Baseline = "equal losses, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "in words: a more democratic decision (abstract)",
            },
            new()
            {
                Id = "learnt-needs-no-search",
                Statement = "With a and b learnt from the middle of the grid, the accuracy on the digits is within 0.3 points of the best fixed pair of a grid of nine: learnt less fixed.",
                Metric = "learnt-gain",
                Unit = Points,
                Baseline = "a loss of one point, -1",
                Criterion = Criterion.AtLeast(-0.3, nullValue: -1),
                PaperFigure = "in words: learning them avoids a search (abstract)",
            },
            new()
            {
                Id = "gradient-formula",
                Statement = "dw/dv is a b / (b² + v²): largest difference from automatic differentiation, in double precision.",
                Metric = "derivative-error",
                Unit = "absolute difference",
                Baseline = "another function, 1",
                Criterion = Criterion.AtMost(1e-10, nullValue: 1),
                PaperFigure = "follows from the definition",
            },
            new()
            {
                Id = "identity-limit",
                Statement = "With a = b = 10,000 twenty steps of training give the weights of the plain network: largest difference, in double precision.",
                Metric = "identity-difference",
                Unit = "absolute difference",
                Baseline = "another trajectory, 1",
                Criterion = Criterion.AtMost(1e-4, nullValue: 1),
                PaperFigure = "follows from the definition",
            },
            new()
            {
                Id = "folding-is-free",
                Statement = "A trained network folded into plain layers gives the same outputs: largest difference of a logit, in single precision.",
                Metric = "folding-difference",
                Unit = "absolute difference",
                Baseline = "another function, 1",
                Criterion = Criterion.AtMost(1e-4, nullValue: 1),
                PaperFigure = "follows from the definition",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("epochs", 60, 1, 2000, "Passes over the training data, in batches of 50."),
            ParameterDeclaration.Whole("width", 256, 8, 2048, "Neurons of each of two hidden layers."),
            ParameterDeclaration.Whole("digits", 300, 50, 797, "Training digits."),
            ParameterDeclaration.Whole("mixture", 500, 50, 20_000, "Training examples of the Gaussian classes."),
            ParameterDeclaration.Real("wrong", 0.15, 0, 0.9, "Share of wrong training labels of the Gaussian classes."),
            ParameterDeclaration.Real("kappa", 2, 0.7, 1000, "a, in standard deviations of a layer's initial weights."),
            ParameterDeclaration.Real("slope", 3, 0.01, 100, "a / b, the slope at zero."),
            ParameterDeclaration.Real("plain-step", 0.2, 1e-5, 10, "Peak step size of plain weights on the digits."),
            ParameterDeclaration.Real("plain-decay", 0.005, 0, 1, "Weight decay of plain weights on the digits."),
            ParameterDeclaration.Real("compander-step", 0.02, 1e-5, 10, "Peak step size with the compander on the digits."),
            ParameterDeclaration.Real("compander-decay", 0.005, 0, 1, "Weight decay, on v, with the compander on the digits."),
            ParameterDeclaration.Real("learnt-step", 0.02, 1e-5, 10, "Peak step size with learnt a and b on the digits."),
            ParameterDeclaration.Real("mixture-plain-step", 0.02, 1e-5, 10, "Peak step size of plain weights on the Gaussian classes."),
            ParameterDeclaration.Real("mixture-plain-decay", 0.02, 0, 1, "Weight decay of plain weights on the Gaussian classes."),
            ParameterDeclaration.Real("mixture-compander-step", 0.05, 1e-5, 10, "Peak step size with the compander on the Gaussian classes."),
            ParameterDeclaration.Real("mixture-compander-decay", 0.02, 0, 1, "Weight decay, on v, with the compander on the Gaussian classes."),
        ],
        Seeds = [1, 2, 3, 4, 5, 6, 7, 8],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 4,
            Parameters = new Dictionary<string, ParameterValue> { ["epochs"] = 20 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 8 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The networks are so small that a second thread spends more time waiting than computing.
        TorchSharp.torch.set_num_threads(1);
        MeasureDigits(run);
        MeasureMixture(run);
    }

    private static void MeasureDigits(SeedRun run)
    {
        var seed = run.Seed.Stream("digits");
        var shape = new CompanderShape(run.Setting.Real("kappa"), run.Setting.Real("slope"));
        using var task = ClassificationTask.FewDigits(run.Setting.Whole("digits"), Test, seed.Stream("split"));
        run.Progress(0, "formulas");
        run.Measure("derivative-error", ExactChecks.DerivativeError(shape, seed.Stream("derivative")));
        run.Measure("identity-difference", ExactChecks.IdentityDifference(task, run.Setting.Whole("width"), seed.Stream("identity")));

        var plainArm = new Arm(run.Setting.Real("plain-step"), run.Setting.Real("plain-decay"));
        var (step, decay) = (run.Setting.Real("compander-step"), run.Setting.Real("compander-decay"));
        using var plain = Train(0.05, "plain", plainArm);
        using var companded = Train(0.15, "compander", new Arm(step, decay, shape));
        // The middle of the grid, whatever pair was best.
        using var learnt = Train(0.25, "learnt compander", new Arm(run.Setting.Real("learnt-step"), decay, new CompanderShape(3, 2, Learnable: true)));
        // Is the gain one of a larger step? Near zero the compander's is slope² times as large.
        using var control = Train(0.35, "plain, larger step", plainArm with { StepSize = step * shape.Slope * shape.Slope });

        var (plainAccuracy, accuracy) = (Accuracy("plain", plain), Accuracy("compander", companded));
        run.Measure("digits-gain", accuracy - plainAccuracy);
        run.Measure("learnt-gain", Accuracy("learnt", learnt) - accuracy);
        run.Measure("digits-gain-over-larger-step", accuracy - Accuracy("larger-step", control));
        run.Measure("folding-difference", ExactChecks.FoldingDifference(companded, task));

        var (before, after) = (WeightStatistics.Compute(plain), WeightStatistics.Compute(companded));
        run.Measure("kurtosis-difference", after.ExcessKurtosis - before.ExcessKurtosis);
        run.Measure("near-zero-difference", after.NearZeroShare - before.NearZeroShare);
        run.Measure("tail-difference", after.TailRatio - before.TailRatio);
        run.Measure("plain-near-zero", before.NearZeroShare);
        run.Measure("plain-kurtosis", before.ExcessKurtosis);
        run.Measure("plain-tail", before.TailRatio);
        run.Record("plain-density", Figures.Density(plain));
        run.Record("compander-density", Figures.Density(companded));

        run.Progress(0.45, "removal of weights");
        var removal = seed.Stream("removal");
        var (plainRandom, random) = (WeightRemoval.AtRandom(plain, task, 0.3, removal), WeightRemoval.AtRandom(companded, task, 0.3, removal));
        var (plainBySize, bySize) = (WeightRemoval.BySize(plain, task, 0.5), WeightRemoval.BySize(companded, task, 0.5));
        run.Measure("random-removal-advantage", plainRandom - random);
        run.Measure("magnitude-pruning-excess", bySize - plainBySize);
        run.Measure("plain-random-removal-loss", plainRandom);
        run.Measure("plain-magnitude-pruning-loss", plainBySize);
        var learntCompanders = learnt.children().OfType<CompandedLinear>().Select(layer => (ArctanCompander)layer.Reparameterization).ToArray();
        run.Measure("learnt-slope", learntCompanders.Average(compander => compander.A / compander.B));

        Sequential Train(double progress, string what, Arm arm)
        {
            run.Progress(progress, $"digits, {what}");
            return CompandedMlp.Train(task, run.Setting.Whole("width"), run.Setting.Whole("epochs"), arm, seed.Stream("network"), run.CancellationToken);
        }

        double Accuracy(string name, Sequential network)
        {
            var value = CompandedMlp.Accuracy(network, task);
            run.Measure($"digits-accuracy-{name}", value);
            return value;
        }
    }

    private static void MeasureMixture(SeedRun run)
    {
        var seed = run.Seed.Stream("mixture");
        using var task = ClassificationTask.NoisyMixture(run.Setting.Whole("mixture"), Test, run.Setting.Real("wrong"), seed.Stream("draw"));
        var plain = Accuracy("plain", new Arm(run.Setting.Real("mixture-plain-step"), run.Setting.Real("mixture-plain-decay")));
        var companded = Accuracy("compander", new Arm(
            run.Setting.Real("mixture-compander-step"), run.Setting.Real("mixture-compander-decay"),
            new CompanderShape(run.Setting.Real("kappa"), run.Setting.Real("slope"))));
        run.Measure("mixture-gain", companded - plain);

        double Accuracy(string name, Arm arm)
        {
            run.Progress(name == "plain" ? 0.5 : 0.75, $"Gaussian classes, {name}");
            using var network = CompandedMlp.Train(
                task, run.Setting.Whole("width"), run.Setting.Whole("epochs"), arm, seed.Stream("network"), run.CancellationToken);
            var value = CompandedMlp.Accuracy(network, task);
            run.Measure($"mixture-accuracy-{name}", value);
            return value;
        }
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
