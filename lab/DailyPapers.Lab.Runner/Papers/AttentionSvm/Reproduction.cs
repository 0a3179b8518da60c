using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.AttentionSvm;

/// <summary>Tarzanagh, Li, Thrampoulidis and Oymak (2023): attention trained by gradient descent becomes a support vector machine.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Correlation = "correlation (cosine of matrices)";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "attention-svm",
        Title = "Transformers as Support Vector Machines",
        ArxivId = "2308.16898",
        Data = "Synthetic, drawn anew for every problem: tokens, queries and a head uniform on the unit sphere, labels ±1.",
        Claims =
        [
            new()
            {
                Id = "frobenius-bias",
                Statement = "W trained by normalised gradient descent takes the direction of the margin solution of least Frobenius norm for the tokens it selects: mean over problems.",
                Metric = "combined-to-frobenius",
                Unit = Correlation,
                Baseline = "a direction that is merely near, 0.9",
                Criterion = Criterion.AtLeast(0.98, nullValue: 0.9),
                PaperFigure = "the curve of correlations rises to about 1 (figure on local convergence, n = 6, T = 8, d = 10)",
            },
            new()
            {
                Id = "frobenius-not-nuclear",
                Statement = "That direction is nearer to the solution of least Frobenius norm than to that of least nuclear norm: mean difference of correlations.",
                Metric = "combined-preference",
                Unit = $"difference of {Correlation}",
                Baseline = "no preference, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "proved; no number stated",
            },
            new()
            {
                Id = "nuclear-bias",
                Statement = "K Qᵀ trained by its factors takes a direction nearer to the solution of least nuclear norm: share of problems, among those whose two solutions correlate below 0.95.",
                Metric = "nuclear-wins",
                Unit = "share of problems",
                Baseline = "a coin, 0.5",
                Criterion = Criterion.AtLeast(0.8, nullValue: 0.5),
                PaperFigure = "the curve of correlations rises to about 1 (figure on local convergence, n = 6, T = 8, d = 10)",
            },
            new()
            {
                Id = "lower-rank",
                Statement = "K Qᵀ has a lower effective rank than W trained on the same problem: mean difference.",
                Metric = "rank-difference",
                Unit = "effective rank",
                Baseline = "no difference, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "the nuclear solution has the lower rank (figure on ranks); no number stated for trained weights",
            },
            new()
            {
                Id = "over-parameterisation",
                Statement = "The share of trainings that select every sequence's best token increases with d = 2, 4, 8, 16, 32.",
                Metric = "global-increase",
                Unit = "Spearman's rho",
                Baseline = "no order, 0",
                Criterion = Criterion.AtLeast(0.8, nullValue: 0),
                PaperFigure = "global convergence becomes more frequent as d grows; no rank correlation stated",
            },
            new()
            {
                Id = "separable",
                Statement = "From d = max(T − 1, n) on the best tokens can always be separated: the least share over d = 6, 8, 16, 32 with n = T = 6.",
                Metric = "separable-wide",
                Unit = "share of problems",
                Baseline = "one problem in ten fails, 0.9",
                Criterion = Criterion.AtLeast(1, nullValue: 0.9),
                PaperFigure = "holds for almost all data (theorem 1)",
            },
            new()
            {
                Id = "local-optima",
                Statement = "For d = 2 and 4 some trainings select other tokens than the best, and still take the direction of the margin solution for these (correlation above 0.95): their share.",
                Metric = "local-share",
                Unit = "share of trainings",
                Baseline = "none, 0",
                Criterion = Criterion.AtLeast(0.005, nullValue: 0),
                PaperFigure = "proved for starts near such a direction, and shown in a plane; no share stated",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("problems", 20, 1, 500, "Problems of a seed in the claims about directions."),
            ParameterDeclaration.Whole("n", 4, 1, 12, "Sequences of such a problem."),
            ParameterDeclaration.Whole("T", 4, 2, 12, "Tokens of a sequence."),
            ParameterDeclaration.Whole("d", 10, 2, 24, "Dimension of tokens and queries, and width of K and Q."),
            ParameterDeclaration.Whole("trials", 200, 5, 2000, "Problems of a seed for each dimension in the claims about selection."),
            ParameterDeclaration.Whole("steps", 5000, 10, 100_000, "Steps of normalised gradient descent."),
            ParameterDeclaration.Real("eta", 0.1, 0.001, 1, "Length of a step."),
            ParameterDeclaration.Real("start", 0.001, 1e-6, 1, "Standard deviation of the initial entries of W, K and Q."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 1500, ["trials"] = 40 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        MeasureDirections(run);
        MeasureSelection(run);
    }

    private static void MeasureDirections(SeedRun run)
    {
        run.Progress(0, "Directions");
        var setting = new ImplicitBias.Setting(
            run.Setting.Whole("problems"), run.Setting.Whole("n"), run.Setting.Whole("T"), run.Setting.Whole("d"),
            run.Setting.Whole("steps"), run.Setting.Real("eta"), run.Setting.Real("start"));
        var (combined, factored) = ImplicitBias.Run(setting, run.Seed.Stream("directions"), done => run.Progress(0.3 * done, "Directions"), run.CancellationToken);

        run.Measure("combined-to-frobenius", combined.Average(arm => arm.ToFrobenius[^1]));
        run.Measure("combined-preference", combined.Average(arm => arm.ToFrobenius[^1] - arm.ToNuclear[^1]));
        run.Measure("nuclear-wins", ImplicitBias.Outcome.NuclearShare(factored));
        run.Measure("rank-difference", combined.Average(arm => arm.EffectiveRank) - factored.Average(arm => arm.EffectiveRank));

        run.Measure("combined-to-nuclear", combined.Average(arm => arm.ToNuclear[^1]));
        run.Measure("factored-to-frobenius", factored.Average(arm => arm.ToFrobenius[^1]));
        run.Measure("factored-to-nuclear", factored.Average(arm => arm.ToNuclear[^1]));
        run.Measure("nuclear-wins-combined", ImplicitBias.Outcome.NuclearShare(combined));
        run.Measure("deciding-problems", factored.Average(arm => arm.Decides ? 1.0 : 0));
        run.Measure("solutions-alike", factored.Average(arm => arm.Alike));
        run.Measure("combined-effective-rank", combined.Average(arm => arm.EffectiveRank));
        run.Measure("factored-effective-rank", factored.Average(arm => arm.EffectiveRank));
        run.Measure("combined-least-attention", combined.Min(arm => arm.LeastAttention));
        run.Measure("factored-least-attention", factored.Min(arm => arm.LeastAttention));
        run.Measure("largest-duality-gap", combined.Concat(factored).Max(arm => arm.Gap));

        foreach (var (name, arms) in new[] { ("combined", combined), ("factored", factored) })
        {
            run.Record($"{name}-frobenius-curve", ImplicitBias.Outcome.MeanCurve(arms, arm => arm.ToFrobenius));
            run.Record($"{name}-nuclear-curve", ImplicitBias.Outcome.MeanCurve(arms, arm => arm.ToNuclear));
            run.Record($"{name}-spectrum", ImplicitBias.Outcome.MeanCurve(arms, arm => arm.Spectrum));
        }
    }

    private static void MeasureSelection(SeedRun run)
    {
        run.Progress(0.3, "Selection");
        var outcome = SelectionByDimension.Run(
            run.Setting.Whole("trials"), run.Setting.Whole("steps"), run.Setting.Real("eta"), run.Setting.Real("start"), run.Seed.Stream("selection"),
            done => run.Progress(0.3 + 0.7 * done, "Selection"), run.CancellationToken);
        var (global, local) = (outcome.Shares(trial => trial.Global), outcome.Shares(trial => trial.Local));
        run.Measure("global-increase", RankCorrelation.Spearman([.. SelectionByDimension.Trained.Select(d => (double)d)], global));
        run.Measure("separable-wide", SelectionByDimension.Tried.Zip(outcome.SeparableBest).Where(pair => pair.First >= SelectionByDimension.Size).Min(pair => pair.Second));
        run.Measure("local-share", (local[0] + local[1]) / 2);

        run.Measure("separable-any-tokens", SelectionByDimension.Tried.Zip(outcome.SeparableRandom).Where(pair => pair.First >= SelectionByDimension.Size).Min(pair => pair.Second));
        var locals = outcome.Trials.SelectMany(trials => trials).Where(trial => trial.Local).ToArray();
        run.Measure("local-are-locally-optimal", locals.Select(trial => trial.LocallyOptimal ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average());
        run.Measure("local-to-global-direction", locals.Where(trial => !double.IsNaN(trial.ToGlobal)).Select(trial => trial.ToGlobal).DefaultIfEmpty(double.NaN).Average());
        for (var k = 0; k < SelectionByDimension.Trained.Length; k++)
        {
            run.Measure($"global-{SelectionByDimension.Trained[k]}", global[k]);
            run.Measure($"local-{SelectionByDimension.Trained[k]}", local[k]);
        }
        for (var k = 0; k < SelectionByDimension.Tried.Length; k++)
            run.Measure($"separable-{SelectionByDimension.Tried[k]}", outcome.SeparableBest[k]);
        run.Record("global", global);
        run.Record("local", local);
        run.Record("neither", global.Zip(local, (a, b) => 1 - a - b));
        run.Record("separable-best", outcome.SeparableBest);
        run.Record("separable-random", outcome.SeparableRandom);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
