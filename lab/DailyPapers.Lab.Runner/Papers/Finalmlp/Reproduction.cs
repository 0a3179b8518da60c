using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Finalmlp;

/// <summary>Mao et al. (2023): two gated MLPs with bilinear fusion predict clicks.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of AUC";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "finalmlp",
        Title = "FinalMLP: An Enhanced Two-Stream MLP Model for CTR Prediction",
        ArxivId = "2304.00902",
        Data = "Synthetic impressions with 12 categorical fields, drawn anew for every seed: in the main set ten pairs and three triples of fields interact by products of latent vectors; in the control none do.",
        Claims =
        [
            new()
            {
                Id = "two-mlps-beat-one",
                Statement = "DualMLP, two MLPs whose logits are added, ranks clicks better than one MLP of as many parameters.",
                Metric = "dual-gain",
                Unit = Points,
                Baseline = "one MLP, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "DualMLP is as good as the best of the earlier two-stream models: 81.42 % on Criteo, 76.57 % on Avazu, 96.98 % on MovieLens, 98.47 % on Frappe",
            },
            new()
            {
                Id = "final-beats-dual",
                Statement = "FinalMLP, with gates and bilinear fusion, ranks clicks better than DualMLP of as many parameters where fields interact.",
                Metric = "final-gain",
                Unit = Points,
                Baseline = "DualMLP, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = "from 0.07 points on Criteo to 0.22 on MovieLens",
            },
            new()
            {
                Id = "final-beats-dual-often",
                Statement = "It does so in at least four of five seeds.",
                Metric = "final-wins",
                Unit = "share of seeds",
                Baseline = "a coin, 0.5",
                Criterion = Criterion.AtLeast(0.8, nullValue: 0.5),
                PaperFigure = "on all of four data sets",
            },
            new()
            {
                Id = "no-gain-without-interactions",
                Statement = "On additive data FinalMLP is about as good as DualMLP.",
                Metric = "control-gain",
                Unit = Points,
                Baseline = "a gain of 0.6",
                Criterion = Criterion.Within(-0.3, 0.3, nullValue: 0.6),
                PaperFigure = "not stated",
            },
            FusionClaim("sum", "adding the streams' logits", "sum"),
            FusionClaim("concat", "a linear layer on both streams side by side", "concat"),
            FusionClaim("hadamard", "a linear layer on their element-wise product", "hadamard"),
            new()
            {
                Id = "heads-cost-little",
                Statement = "Eight heads instead of one, an eighth of the products' parameters, lose little: one head's AUC less that of eight.",
                Metric = "heads-loss",
                Unit = Points,
                Baseline = "a loss of one point",
                Criterion = Criterion.AtMost(0.5, nullValue: 1),
                PaperFigure = "a moderate number of heads can be better than one (not verified)",
            },
            new()
            {
                Id = "heads-save-parameters",
                Statement = "With k heads the products have d₁d₂/k parameters: the largest deviation over all k that divide both widths.",
                Metric = "heads-deviation",
                Unit = "parameters",
                Baseline = "one too many",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = "d₁d₂/k",
                Deterministic = true,
            },
            new()
            {
                Id = "published-sizes",
                Statement = "The authors' configurations for Frappe, MovieLens, Avazu and Criteo have the number of parameters in their training logs: the largest deviation.",
                Metric = "published-deviation",
                Unit = "parameters",
                Baseline = "one too many",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = "253,392; 1,040,902; 13,979,472; 19,524,954",
                Deterministic = true,
            },
            new()
            {
                Id = "dual-is-a-special-case",
                Statement = "Without products, and with gates at their initial weights, FinalMLP is DualMLP: the largest difference of logits.",
                Metric = "special-case-deviation",
                Unit = "logit",
                Baseline = "logits that differ by one",
                Criterion = Criterion.AtMost(1e-6, nullValue: 1),
                PaperFigure = "by construction",
                Deterministic = true,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("rows", 100_000, 2000, 2_000_000, "Impressions to train on."),
            ParameterDeclaration.Whole("testRows", 50_000, 1000, 1_000_000, "Impressions to test on."),
            ParameterDeclaration.Whole("width", 64, 8, 512, "Neurons of each of the two layers of FinalMLP's streams, a multiple of 8; other models are as wide as its parameters allow."),
            ParameterDeclaration.Whole("batch", 512, 16, 10_000, "Impressions in a step."),
            ParameterDeclaration.Whole("epochs", 5, 1, 100, "Passes at most."),
            ParameterDeclaration.Real("stepSize", 0, 0, 0.1, "Adam's learning rate for all models; 0 for each model's tuned one."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["rows"] = 20_000, ["testRows"] = 20_000, ["epochs"] = 4 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The products are so small that a second thread spends more time waiting than computing.
        set_num_threads(1);
        var setting = new ClickExperiment.Setting(
            run.Setting.Whole("rows"), run.Setting.Whole("testRows"), run.Setting.Whole("width"), run.Setting.Whole("batch"), run.Setting.Whole("epochs"), run.Setting.Real("stepSize"));
        var main = ClickExperiment.Run(true, ClickExperiment.Models, setting, run.Seed.Stream("main"), done => run.Progress(0.86 * done, "Interactions"), run.CancellationToken);
        var control = ClickExperiment.Run(
            false, ClickExperiment.ControlModels, setting, run.Seed.Stream("control"), done => run.Progress(0.86 + 0.14 * done, "Control"), run.CancellationToken);

        var auc = main.Auc;
        run.Measure("dual-gain", auc["dual"] - auc["mlp"]);
        run.Measure("final-gain", auc["final"] - auc["dual"]);
        run.Measure("final-wins", auc["final"] > auc["dual"] ? 1 : 0);
        run.Measure("control-gain", control.Auc["final"] - control.Auc["dual"]);
        run.Measure("fusion-sum-gain", auc["bilinear"] - auc["dual"]);
        run.Measure("fusion-concat-gain", auc["bilinear"] - auc["concat"]);
        run.Measure("fusion-hadamard-gain", auc["bilinear"] - auc["hadamard"]);
        run.Measure("heads-loss", auc["heads-1"] - auc["heads-8"]);
        run.Measure("gates-gain", auc["final"] - auc["heads-1"]);
        run.Measure("oracle-auc", main.Oracle);
        run.Measure("control-oracle-auc", control.Oracle);
        foreach (var (model, value) in auc)
            run.Measure($"auc-{model}", value);
        foreach (var (model, value) in control.Auc)
            run.Measure($"control-auc-{model}", value);
        foreach (var (model, value) in main.BestValidation)
            run.Measure($"validation-{model}", value);
        foreach (var (model, value) in main.Parameters)
            run.Measure($"parameters-{model}", value);
        run.Measure("heads-deviation", ExactChecks.HeadsDeviation(setting.Width));
        run.Measure("published-deviation", ExactChecks.PublishedDeviation());
        run.Measure("special-case-deviation", ExactChecks.SpecialCaseDeviation(run.Seed.Stream("special case")));
        run.Record("auc", ClickExperiment.Models.Select(model => auc[model]));
        run.Record("oracle", [main.Oracle]);
        run.Record("control", [.. ClickExperiment.ControlModels.Select(model => control.Auc[model]), control.Oracle]);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    private static Claim FusionClaim(string id, string other, string metric) => new()
    {
        Id = $"bilinear-beats-{id}",
        Statement = $"Without gates and with as many parameters, bilinear fusion ranks clicks better than {other}.",
        Metric = $"fusion-{metric}-gain",
        Unit = Points,
        Baseline = $"{other}, 0",
        Criterion = Criterion.AtLeast(0.3, nullValue: 0),
        PaperFigure = "bilinear fusion is the best of the fusions compared (not verified)",
    };
}
