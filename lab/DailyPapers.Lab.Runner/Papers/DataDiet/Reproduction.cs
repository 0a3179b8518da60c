using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data.Pruning;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.DataDiet;

/// <summary>Paul, Ganguli and Dziugaite (2021): scores from early training say which examples can be dropped.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of test accuracy";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "data-diet",
        Title = "Deep Learning on a Data Diet: Finding Important Examples Early in Training",
        ArxivId = "2107.07075",
        Data = "Ten synthetic classes in 32 dimensions, each one common Gaussian mode (80 %) and four rare ones (5 % each), 20,000 training and 10,000 test examples drawn anew for every seed; and the 1,797 8 × 8 digits (Alpaydin and Kaynak 1998), split by seed.",
        Claims =
        [
            new()
            {
                Id = "el2n-beats-random",
                Statement = "Keeping the half and the 70 % of largest EL2N, scored after a tenth of training, gives a better test accuracy than keeping as many at random, at the same number of steps: mean of both differences.",
                Metric = "el2n-gain",
                Unit = Points,
                Baseline = "random pruning, 0",
                Criterion = Criterion.AtLeast(0.5, nullValue: 0),
                PaperFigure = "CIFAR-10, ResNet18: half the data dropped without loss, random pruning clearly worse (Figure 1)",
            },
            new()
            {
                Id = "el2n-without-loss",
                Statement = "It is not worse than the whole data set by more than half a point: mean of both differences.",
                Metric = "el2n-loss",
                Unit = Points,
                Baseline = "a loss of two points",
                Criterion = Criterion.AtLeast(-0.5, nullValue: -2),
                PaperFigure = "CIFAR-10, ResNet18: half the data dropped without loss",
            },
            new()
            {
                Id = "early-is-enough",
                Statement = "EL2N after 10 % of training ranks examples as EL2N after 50 % does.",
                Metric = "early-late-correlation",
                Unit = "Spearman's rho",
                Baseline = "unrelated ranks, 0",
                Criterion = Criterion.AtLeast(0.7, nullValue: 0),
                PaperFigure = "scores of the first 10 to 20 of 200 epochs suffice for pruning",
            },
            new()
            {
                Id = "stable-over-networks",
                Statement = "EL2N averaged over K networks ranks examples as the average over K others does.",
                Metric = "network-correlation",
                Unit = "Spearman's rho",
                Baseline = "unrelated ranks, 0",
                Criterion = Criterion.AtLeast(0.9, nullValue: 0),
                PaperFigure = "scores are averaged over 10 networks; no correlation stated",
            },
            new()
            {
                Id = "more-networks-more-stable",
                Statement = "That correlation rises with K: at the largest K less at K = 1.",
                Metric = "network-correlation-rise",
                Unit = "difference of Spearman's rho",
                Baseline = "no rise, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "not stated",
            },
            new()
            {
                Id = "top-scores-are-noise",
                Statement = "With wrong labels in the training data, EL2N after a tenth of training tells them from right ones.",
                Metric = "flip-auc",
                Unit = "area under the ROC curve",
                Baseline = "a coin, 0.5",
                Criterion = Criterion.AtLeast(0.9, nullValue: 0.5),
                PaperFigure = "with 10 % random labels the best part of the data excludes the top scores (Figure 3)",
            },
            new()
            {
                Id = "window-beats-top",
                Statement = "With wrong labels, keeping half the examples below the top 10 % is better than keeping the top half.",
                Metric = "window-gain",
                Unit = Points,
                Baseline = "keeping the top, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "with 10 % random labels the best part of the data excludes the top scores (Figure 3)",
            },
            new()
            {
                Id = "grand-early",
                Statement = "GraNd after a tenth of training prunes better than random: mean of both differences.",
                Metric = "grand-gain",
                Unit = Points,
                Baseline = "random pruning, 0",
                Criterion = Criterion.AtLeast(0.5, nullValue: 0),
                PaperFigure = "CIFAR-10: like EL2N",
            },
            new()
            {
                Id = "grand-at-init",
                Statement = "GraNd at initialisation prunes better than random: mean of both differences. A later replication (Kirsch 2023) could not confirm it.",
                Metric = "grand-init-gain",
                Unit = Points,
                Baseline = "random pruning, 0",
                Criterion = Criterion.AtLeast(0.5, nullValue: 0),
                PaperFigure = "reported to work on CIFAR-10; withdrawn by the replication, arXiv:2303.14753",
            },
            new()
            {
                Id = "transfer",
                Statement = "EL2N of fully connected networks prunes digits for a convolutional network about as well as its own EL2N: own less transferred at half the data.",
                Metric = "transfer-gap",
                Unit = Points,
                Baseline = "a gap of two points",
                Criterion = Criterion.AtMost(0.5, nullValue: 2),
                PaperFigure = "scores of one architecture prune for another",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("steps", 2000, 100, 50_000, "Steps of every training on the synthetic classes, whatever the share kept."),
            ParameterDeclaration.Whole("width", 64, 8, 1024, "Neurons of each of two hidden layers."),
            ParameterDeclaration.Whole("networks", 10, 1, 50, "K, networks that a score is averaged over."),
            ParameterDeclaration.Whole("repeats", 2, 1, 20, "Trainings averaged within a seed where a claim depends on the accuracy."),
            ParameterDeclaration.Real("spread", 0.9, 0.1, 5, "Standard deviation of the modes' means in a coordinate; the noise has 1."),
            ParameterDeclaration.Real("flips", 0.1, 0.01, 0.4, "Share of wrong labels in the claims about noise, and share of top scores that the window leaves out."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 600, ["networks"] = 4, ["repeats"] = 1 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The networks are so small that a second thread spends more time waiting than computing.
        TorchSharp.torch.set_num_threads(1);
        var setting = new PruningExperiment.Setting(
            run.Setting.Whole("steps"), run.Setting.Whole("width"), run.Setting.Whole("networks"), run.Setting.Whole("repeats"),
            run.Setting.Real("spread"), run.Setting.Real("flips"));
        using var experiment = new PruningExperiment(setting, run.Seed.Stream("synthetic"));
        MeasurePruning(run, experiment);
        MeasureNoise(run, experiment);
        MeasureTransfer(run, setting);
    }

    private static void MeasurePruning(SeedRun run, PruningExperiment experiment)
    {
        run.Progress(0, "Scores");
        var set = experiment.Score(done => run.Progress(0.2 * done, "Scores"), run.CancellationToken);
        run.Measure("early-late-correlation", set.EarlyToLate);
        run.Measure("network-correlation", set.BetweenNetworks[^1]);
        run.Measure("network-correlation-rise", set.BetweenNetworks[^1] - set.BetweenNetworks[0]);
        run.Record("between-networks", set.BetweenNetworks);
        var (rare, smallest) = experiment.Composition(DatasetPruner.Keep(set.Scores["el2n"], 0.5));
        run.Measure("rare-share-of-kept", rare);
        run.Measure("smallest-class-of-kept", smallest);

        var accuracies = experiment.Prune(set.Scores, done => run.Progress(0.2 + 0.5 * done, "Training on parts"), run.CancellationToken);
        run.Measure("whole-accuracy", accuracies.Whole);
        run.Measure("el2n-gain", Gain("el2n"));
        run.Measure("grand-gain", Gain("grand"));
        run.Measure("forgetting-gain", Gain("forgetting"));
        run.Measure("grand-init-gain", Gain("grand-init"));
        run.Measure("el2n-loss", accuracies.Pruned["el2n"][^2..].Average() - accuracies.Whole);
        run.Measure("random-loss", accuracies.Pruned["random"][^2..].Average() - accuracies.Whole);
        run.Record("whole", [accuracies.Whole]);
        foreach (var (method, values) in accuracies.Pruned)
            run.Record(method, values);

        // The two largest shares, 0.5 and 0.7.
        double Gain(string method) => accuracies.Pruned[method][^2..].Average() - accuracies.Pruned["random"][^2..].Average();
    }

    private static void MeasureNoise(SeedRun run, PruningExperiment experiment)
    {
        run.Progress(0.7, "Wrong labels");
        var noise = experiment.Noise(done => run.Progress(0.7 + 0.15 * done, "Wrong labels"), run.CancellationToken);
        run.Measure("flip-auc", noise.Auc);
        run.Measure("window-gain", noise.Window - noise.Top);
        run.Measure("noisy-window-accuracy", noise.Window);
        run.Measure("noisy-top-accuracy", noise.Top);
        run.Measure("noisy-random-accuracy", noise.Random);
        run.Record("wrong-density", Figures.Density(noise.WrongScores));
        run.Record("right-density", Figures.Density(noise.RightScores));
    }

    private static void MeasureTransfer(SeedRun run, PruningExperiment.Setting setting)
    {
        run.Progress(0.85, "Digits");
        var outcome = DigitsTransfer.Run(
            setting.Networks, setting.Width, setting.Repeats, run.Seed.Stream("digits"),
            done => run.Progress(0.85 + 0.15 * done, "Digits"), run.CancellationToken);
        run.Measure("transfer-gap", outcome.Own - outcome.Transferred);
        run.Measure("digits-own", outcome.Own);
        run.Measure("digits-transferred", outcome.Transferred);
        run.Measure("digits-random", outcome.Random);
        run.Measure("digits-whole", outcome.Whole);
        run.Measure("digits-rank-agreement", outcome.RankAgreement);
        run.Record("least", outcome.Least);
        run.Record("greatest", outcome.Greatest);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
