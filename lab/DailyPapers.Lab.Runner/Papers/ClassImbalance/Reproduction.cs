using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Data.ClassImbalance;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.ClassImbalance;

/// <summary>Buda, Maki and Mazurowski (2018): which remedy for class imbalance works for convolutional networks.</summary>
internal sealed class Reproduction : IReproduction
{
    /// <summary>μ, shares of small classes.</summary>
    internal static readonly double[] Shares = [0.2, 0.5, 0.8];

    /// <summary>ρ, from which the largest is the parameter's.</summary>
    private static readonly double[] _smallerRatios = [10, 50];

    /// <summary>Methods that compete for the best area; thresholding does not change it.</summary>
    internal static readonly string[] Methods = ["baseline", "over", "under", "two-phase-over", "two-phase-under"];

    private const string AucPoints = "percentage points of the mean one-versus-rest AUC";

    /// <summary>Areas nearer to each other than this, in percentage points, are a tie; the observation <c>retraining-difference</c> says what chance alone does.</summary>
    private const double Tie = 0.25;

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "class-imbalance",
        Title = "A systematic study of the class imbalance problem in convolutional neural networks",
        ArxivId = "1710.05381",
        Data = "Fashion-MNIST (Xiao, Rasul, Vollgraf 2017) from a folder, averaged to 14 × 14 pixels; imbalanced training parts and a balanced test part drawn by seed.",
        Claims =
        [
            new()
            {
                Id = "falls-with-ratio",
                Statement = "Without a remedy the AUC falls as the ratio ρ of large to small classes grows (from 1, balanced): Spearman's correlation of ρ and AUC, mean over shares of small classes.",
                Metric = "ratio-trend",
                Unit = "Spearman's rho",
                Baseline = "no trend, 0",
                Criterion = Criterion.AtMost(-0.8, nullValue: 0),
                PaperFigure = "MNIST, CIFAR-10: AUC falls with imbalance (conclusion i)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "falls-with-share",
                Statement = "At a fixed ratio it falls as more classes are small: Spearman's correlation of μ and AUC, mean over ratios.",
                Metric = "share-trend",
                Unit = "Spearman's rho",
                Baseline = "no trend, 0",
                Criterion = Criterion.AtMost(-0.8, nullValue: 0),
                PaperFigure = "MNIST, CIFAR-10: the more minority classes the worse (conclusion i)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "oversampling-best",
                Statement = "Oversampling has the best AUC of five methods, or one within 0.25 points of the best, in at least 80 % of the nine scenarios.",
                Metric = "over-best-share",
                Unit = "share of scenarios",
                Baseline = "one method of five, 0.2",
                Criterion = Criterion.AtLeast(0.8, nullValue: 0.2),
                PaperFigure = "dominant in almost all analysed scenarios (conclusion ii)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "oversampling-no-overfitting",
                Statement = "Oversampling does not overfit more than the baseline: what the test AUC has lost at the end of training from its best value, mean over scenarios, oversampling less baseline.",
                Metric = "overfit-excess",
                Unit = AucPoints,
                Baseline = "an excess of one point",
                Criterion = Criterion.AtMost(0.25, nullValue: 1),
                PaperFigure = "no overfitting seen in the curves of training and test (conclusion iv)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "full-over-partial",
                Statement = "Oversampling should remove the imbalance wholly: AUC of full oversampling less that of oversampling to a remaining ratio of √ρ, mean over the scenarios with ρ of at least 50.",
                Metric = "full-gain",
                Unit = AucPoints,
                Baseline = "no difference, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "oversampling to full balance is best (conclusion iii)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "thresholding-accuracy",
                Statement = "At the largest ratio, dividing the baseline's outputs by the class priors raises its accuracy on balanced test data by at least two points, mean over shares.",
                Metric = "threshold-gain",
                Unit = "percentage points of test accuracy",
                Baseline = "the same network without, 0",
                Criterion = Criterion.AtLeast(2, nullValue: 0),
                PaperFigure = "thresholding improves the accuracy of the baseline and of oversampling (conclusion v)",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "thresholding-auc",
                Statement = "Thresholding does not change the AUC: the largest difference over all networks.",
                Metric = "threshold-auc-change",
                Unit = AucPoints,
                Baseline = "a change of 0.1 points",
                Criterion = Criterion.AtMost(1e-9, nullValue: 0.1),
                PaperFigure = "scaling a class's scores leaves their order",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "undersampling-many",
                Statement = "Undersampling helps where most classes are small: its AUC less the baseline's at μ = 0.8, mean over ratios.",
                Metric = "under-gain-many",
                Unit = AucPoints,
                Baseline = "the baseline, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "comes near oversampling at extreme ratios with most classes small",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            new()
            {
                Id = "undersampling-few",
                Statement = "It harms where few are: the same difference at μ = 0.2.",
                Metric = "under-gain-few",
                Unit = AucPoints,
                Baseline = "the baseline, 0",
                Criterion = Criterion.AtMost(0, nullValue: 0),
                PaperFigure = "undersampling often below the baseline",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("largest", 1000, 50, 6000, "Training images of a large class."),
            ParameterDeclaration.Whole("largest-ratio", 200, 60, 6000, "The largest ρ; a small class then has largest/ρ images, at least one. The others are 10 and 50."),
            ParameterDeclaration.Whole("test", 300, 20, 1000, "Test images of each class."),
            ParameterDeclaration.Whole("steps", 700, 20, 50_000, "Steps of every training, batches of 64."),
            ParameterDeclaration.Whole("channels", 8, 1, 64, "Channels of the first convolution; the second has twice as many."),
            ParameterDeclaration.Whole("width", 64, 4, 1024, "Neurons of the hidden layer."),
            ParameterDeclaration.Real("step-size", 0.05, 1e-4, 1, "First step size; it falls to 0 along a cosine."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["largest"] = 500, ["largest-ratio"] = 100, ["steps"] = 120, ["test"] = 100 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    /// <summary>All ρ of a run.</summary>
    internal static double[] Ratios(RunSetting setting) => [.. _smallerRatios, setting.Whole("largest-ratio")];

    /// <summary>The name of a series or observation of one method at one share of small classes.</summary>
    internal static string Name(string what, string method, double share) => FormattableString.Invariant($"{what}-{method}-{share}");

    public void RunSeed(SeedRun run)
    {
        if (FashionMnist.FindFolder() is not { } folder)
            return;
        // The network is so small that a second thread spends more time waiting than computing.
        TorchSharp.torch.set_num_threads(1);
        var ratios = Ratios(run.Setting);
        run.Progress(0, "Reading images");
        using var experiment = new ImbalanceExperiment(
            FashionMnist.Read(folder),
            new(
                run.Setting.Whole("largest"), run.Setting.Whole("test"), run.Setting.Whole("steps"), run.Setting.Whole("channels"), run.Setting.Whole("width"),
                run.Setting.Real("step-size")),
            run.Seed.Stream("experiment"));
        var balanced = experiment.Balanced(run.CancellationToken);
        var scenarios = new Dictionary<(double Share, double Ratio), ImbalanceExperiment.Scenario>();
        foreach (var share in Shares)
            foreach (var ratio in ratios)
            {
                run.Progress((scenarios.Count + 1) / 11.0, FormattableString.Invariant($"{share:P0} of the classes {ratio} times smaller"));
                scenarios[(share, ratio)] = experiment.Run(new StepImbalance(share, ratio), partial: ratio >= 50, run.CancellationToken);
            }

        double Auc(string method, double share, double ratio) => scenarios[(share, ratio)].Methods[method].Plain.Auc;
        run.Measure("ratio-trend", Shares.Average(share => RankCorrelation.Spearman([1, .. ratios], [balanced.Plain.Auc, .. ratios.Select(ratio => Auc("baseline", share, ratio))])));
        run.Measure("share-trend", ratios.Average(ratio => RankCorrelation.Spearman(Shares, [.. Shares.Select(share => Auc("baseline", share, ratio))])));
        run.Measure("over-best-share", scenarios.Keys.Average(key => Auc("over", key.Share, key.Ratio) >= Methods.Max(method => Auc(method, key.Share, key.Ratio)) - Tie ? 1.0 : 0));
        run.Measure("overfit-excess", scenarios.Values.Average(scenario => Loss(scenario, "over") - Loss(scenario, "baseline")));
        run.Measure("full-gain", scenarios.Where(pair => pair.Key.Ratio >= 50).Average(pair => pair.Value.Methods["over"].Plain.Auc - pair.Value.Methods["over-half"].Plain.Auc));
        run.Measure("threshold-gain", Shares.Average(share => ThresholdGain("baseline", share)));
        run.Measure("threshold-auc-change", scenarios.Values.SelectMany(scenario => scenario.Methods.Values).Max(outcome => Math.Abs(outcome.Plain.Auc - outcome.Thresholded.Auc)));
        run.Measure("under-gain-many", ratios.Average(ratio => Auc("under", 0.8, ratio) - Auc("baseline", 0.8, ratio)));
        run.Measure("under-gain-few", ratios.Average(ratio => Auc("under", 0.2, ratio) - Auc("baseline", 0.2, ratio)));

        run.Measure("retraining-difference", experiment.RetrainingDifference(new StepImbalance(0.5, 50), run.CancellationToken));
        run.Measure("balanced-auc", balanced.Plain.Auc);
        run.Measure("balanced-accuracy", balanced.Plain.Accuracy);
        run.Measure("under-gain-half", ratios.Average(ratio => Auc("under", 0.5, ratio) - Auc("baseline", 0.5, ratio)));
        run.Measure("over-gain", scenarios.Keys.Average(key => Auc("over", key.Share, key.Ratio) - Auc("baseline", key.Share, key.Ratio)));
        run.Measure("over-gain-largest-ratio", Shares.Average(share => Auc("over", share, ratios[^1]) - Auc("baseline", share, ratios[^1])));
        run.Measure("overfit-baseline", scenarios.Values.Average(scenario => Loss(scenario, "baseline")));
        run.Measure("overfit-over", scenarios.Values.Average(scenario => Loss(scenario, "over")));
        run.Measure("over-accuracy-less-thresholded", Shares.Average(share => scenarios[(share, ratios[^1])].Methods["over"].Plain.Accuracy - scenarios[(share, ratios[^1])].Methods["baseline"].Thresholded.Accuracy));
        foreach (var method in Methods)
        {
            run.Measure($"{method}-tied-best", scenarios.Keys.Average(key => Auc(method, key.Share, key.Ratio) >= Methods.Max(other => Auc(other, key.Share, key.Ratio)) - Tie ? 1.0 : 0));
            run.Measure($"{method}-mean-auc", scenarios.Keys.Average(key => Auc(method, key.Share, key.Ratio)));
            run.Measure($"{method}-gap", scenarios.Values.Average(scenario => scenario.Methods[method].TrainAccuracy - scenario.Methods[method].Plain.Accuracy));
            run.Measure($"{method}-minority-recall", scenarios.Values.Average(scenario => MinorityRecall(scenario, scenario.Methods[method].Plain)));
            foreach (var share in Shares)
            {
                var outcomes = ratios.Select(ratio => scenarios[(share, ratio)].Methods[method]).ToArray();
                run.Record(Name("auc", method, share), [balanced.Plain.Auc, .. outcomes.Select(outcome => outcome.Plain.Auc)]);
                run.Record(Name("accuracy", method, share), [balanced.Plain.Accuracy, .. outcomes.Select(outcome => outcome.Plain.Accuracy)]);
                run.Record(Name("thresholded", method, share), [balanced.Thresholded.Accuracy, .. outcomes.Select(outcome => outcome.Thresholded.Accuracy)]);
                if (method is "baseline" or "over" or "under")
                    run.Record(Name("curve", method, share), outcomes[^1].Curve);
            }
        }
        run.Measure("thresholded-minority-recall", scenarios.Values.Average(scenario => MinorityRecall(scenario, scenario.Methods["baseline"].Thresholded)));

        double ThresholdGain(string method, double share) =>
            scenarios[(share, ratios[^1])].Methods[method].Thresholded.Accuracy - scenarios[(share, ratios[^1])].Methods[method].Plain.Accuracy;
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    // What the area has lost since its best look.
    private static double Loss(ImbalanceExperiment.Scenario scenario, string method) => scenario.Methods[method].Curve.Max() - scenario.Methods[method].Curve[^1];

    private static double MinorityRecall(ImbalanceExperiment.Scenario scenario, ImbalanceExperiment.Score score) =>
        score.Recalls.Where((_, k) => scenario.IsMinority[k]).Average();
}
