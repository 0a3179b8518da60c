using DailyPapers.Lab.Architectures.WideNet;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Widenet;

/// <summary>Xue et al. (2021): one transformer layer of experts for all depths, with layer norms of its own for each.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Nats = "nats";

    /// <summary>The step sizes that every arm was tuned over.</summary>
    private static readonly double[] _grid = [0.002, 0.005, 0.0125];

    // #region step-sizes
    // Best test loss on the tuning run's draws; "How the setting came to be" has the table.
    private static double TextStepSize(Arm arm) => arm == Arm.Private || arm == Arm.SharedNorms ? 0.0125 : 0.005;

    private static double DigitsStepSize(Arm arm) => arm == Arm.Private || arm == Arm.Albert ? 0.005 : 0.0125;
    // #endregion step-sizes

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "widenet",
        Title = "Go Wider Instead of Deeper",
        ArxivId = "2107.11817",
        Data = "Text of a probabilistic grammar of 212 words, drawn anew for every seed; and the 1,797 8 × 8 digits (Alpaydin and Kaynak 1998), split by seed, 1,200 for training, or 300 in the claims on few data.",
        Claims =
        [
            .. TaskClaims("text", "text"),
            .. TaskClaims("digits", "digits"),
            new()
            {
                Id = "fewer-parameters",
                Statement = "WideNet has at most 0.75 times the plain transformer's parameters, embeddings and head included; the larger ratio of both tasks.",
                Metric = "parameter-ratio",
                Unit = "parameters / the plain transformer's",
                Baseline = "the plain transformer of equal width and depth, 1",
                Criterion = Criterion.AtMost(0.75, nullValue: 1),
                PaperFigure = "WideNet-H has 0.72 times ViT-B's parameters (from the abstract)",
                Deterministic = true,
            },
            new()
            {
                Id = "shared-experts-generalise",
                Statement = "On 300 digits, experts that all depths share have a lower test loss than experts of each depth's own.",
                Metric = "few-test-gain",
                Unit = Nats,
                Baseline = "no difference, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "WideNet is above ViT-MoE on ImageNet; figures not verified",
            },
            new()
            {
                Id = "shared-experts-overfit-less",
                Statement = "There, the shared experts' training loss is the higher one.",
                Metric = "few-train-excess",
                Unit = Nats,
                Baseline = "no difference, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "not stated",
            },
            new()
            {
                Id = "dispatch-exact",
                Statement = "Gathering tokens by expert gives the outputs and gradients of evaluating every expert on every token: largest relative difference, at three capacities.",
                Metric = "dispatch-error",
                Unit = "1",
                Baseline = "a wrong token, 1",
                Criterion = Criterion.AtMost(1e-5, nullValue: 1),
                PaperFigure = "by definition",
            },
            new()
            {
                Id = "shared-gradient",
                Statement = "A shared weight's gradient is the sum of those of unshared copies at each depth: largest relative difference.",
                Metric = "shared-gradient-error",
                Unit = "1",
                Baseline = "one depth's gradient alone, 1",
                Criterion = Criterion.AtMost(1e-4, nullValue: 1),
                PaperFigure = "by definition",
            },
            new()
            {
                Id = "parameter-formula",
                Statement = "The trunks of WideNet-B, L and H have the parameters of the formula: largest difference.",
                Metric = "formula-error",
                Unit = "parameters",
                Baseline = "a forgotten norm, 1,536",
                Criterion = Criterion.AtMost(0, nullValue: 1536),
                PaperFigure = "by definition",
                Deterministic = true,
            },
            new()
            {
                Id = "balance-at-uniform",
                Statement = "A uniform router's balance loss is 1.",
                Metric = "uniform-balance",
                Unit = "1",
                Baseline = "all tokens at one of four experts, 4",
                Criterion = Criterion.Within(0.99999, 1.00001, nullValue: 4),
                PaperFigure = "by definition",
                Deterministic = true,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("steps", 200, 20, 20_000, "Steps of every training; a tenth is warm-up."),
            ParameterDeclaration.Whole("windows", 3000, 16, 100_000, "Training windows of 33 words."),
            ParameterDeclaration.Whole("images", 1200, 32, 1200, "Training digits."),
            ParameterDeclaration.Whole("few", 300, 32, 1200, "Training digits in the claims on few data."),
            ParameterDeclaration.Switch("tuning", false, "Only train every arm at every step size of the grid, on draws of its own, and report the test losses."),
        ],
        Seeds = [1, 2, 3, 4],
        Quick = new()
        {
            TimeLimitSeconds = 900,
            SeedCount = 2,
            Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 30 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 4 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The networks are so small that a second thread spends more time waiting than computing.
        set_num_threads(1);
        var steps = run.Setting.Whole("steps");
        if (run.Setting.Switch("tuning"))
        {
            Tune(run, steps);
            return;
        }
        run.Measure("dispatch-error", ExactChecks.DispatchError(run.Seed.Stream("dispatch")));
        run.Measure("shared-gradient-error", ExactChecks.SharedGradientError(run.Seed.Stream("gradient")));
        run.Measure("formula-error", ExactChecks.ParameterFormulaError());
        run.Measure("uniform-balance", ExactChecks.UniformBalance());

        Dictionary<Arm, Outcome> text, digits, few;
        using (var task = new TextTask(steps, run.Setting.Whole("windows"), run.Seed.Stream("text")))
            text = Outcomes(run, "text", Arm.All, 0, 0.5, (arm, progress) => task.Run(arm, TextStepSize(arm), progress, run.CancellationToken));
        using (var task = new DigitsTask(steps, run.Setting.Whole("images"), run.Seed.Stream("digits")))
            digits = Outcomes(run, "digits", Arm.All, 0.5, 0.35, (arm, progress) => task.Run(arm, DigitsStepSize(arm), progress, run.CancellationToken));
        using (var task = new DigitsTask(steps, run.Setting.Whole("few"), run.Seed.Stream("few")))
            few = Outcomes(run, "few", [Arm.Private, Arm.Wide], 0.85, 0.15, (arm, progress) => task.Run(arm, DigitsStepSize(arm), progress, run.CancellationToken));

        Compare(run, "text", text);
        Compare(run, "digits", digits);
        run.Measure("parameter-ratio", Math.Max(ParameterRatio(text), ParameterRatio(digits)));
        run.Measure("few-test-gain", few[Arm.Private].TestLoss - few[Arm.Wide].TestLoss);
        run.Measure("few-train-excess", few[Arm.Wide].TrainLoss - few[Arm.Private].TrainLoss);

        static double ParameterRatio(Dictionary<Arm, Outcome> outcomes) => outcomes[Arm.Wide].Parameters / (double)outcomes[Arm.Plain].Parameters;
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    private static IEnumerable<Claim> TaskClaims(string task, string name)
    {
        yield return new()
        {
            Id = $"beats-fully-shared-{task}",
            Statement = $"On {name}, WideNet's test loss is lower than that of a transformer of equal depth whose only layer, norms included, is shared and has no experts.",
            Metric = $"{task}-over-albert",
            Unit = Nats,
            Baseline = "no difference, 0",
            Criterion = Criterion.AtLeast(0, nullValue: 0),
            PaperFigure = "1.8 points above ALBERT on average over four language tasks (from the abstract)",
        };
        yield return new()
        {
            Id = $"own-norms-help-{task}",
            Statement = $"On {name}, WideNet's test loss is lower with norms of each depth's own than with shared ones.",
            Metric = $"{task}-own-norms-gain",
            Unit = Nats,
            Baseline = "no difference, 0",
            Criterion = Criterion.AtLeast(0, nullValue: 0),
            PaperFigure = "sharing the norms lowers accuracy; figures not verified",
        };
        yield return new()
        {
            Id = $"own-norms-diversify-{task}",
            Statement = $"On {name}, depths choose experts more differently with norms of their own: mean Jensen-Shannon divergence between the depths' expert shares, less that with shared norms.",
            Metric = $"{task}-divergence-gain",
            Unit = "bits",
            Baseline = "no difference, 0",
            Criterion = Criterion.AtLeast(0, nullValue: 0),
            PaperFigure = "individual norms let tokens reach more experts; figures not verified",
        };
        yield return new()
        {
            Id = $"as-good-as-plain-{task}",
            Statement = $"On {name}, WideNet's test loss is at most 1.02 times that of the plain transformer of equal width and depth.",
            Metric = $"{task}-loss-ratio",
            Unit = "test loss / the plain transformer's",
            Baseline = "a loss higher by a tenth, 1.1",
            Criterion = Criterion.AtMost(1.02, nullValue: 1.1),
            PaperFigure = "WideNet-H is 1.5 points above ViT-B on ImageNet (from the abstract)",
        };
    }

    private static Dictionary<Arm, Outcome> Outcomes(SeedRun run, string task, Arm[] arms, double from, double share, Func<Arm, Action<double>, Outcome> train)
    {
        var outcomes = new Dictionary<Arm, Outcome>();
        foreach (var arm in arms)
        {
            var begun = from + share * outcomes.Count / arms.Length;
            var outcome = train(arm, done => run.Progress(begun + share * done / arms.Length, $"{task}: {arm.Label}"));
            outcomes[arm] = outcome;
            run.Measure($"{task}-{arm.Name}-test-loss", outcome.TestLoss);
            run.Measure($"{task}-{arm.Name}-train-loss", outcome.TrainLoss);
            if (!double.IsNaN(outcome.Accuracy))
                run.Measure($"{task}-{arm.Name}-accuracy", outcome.Accuracy);
            if (task != "few")
                run.Record($"{task}-{arm.Name}-losses", Figures.Averaged(outcome.Losses));
            if (outcome.Usage.Length > 0)
                run.Record($"{task}-{arm.Name}-usage", outcome.Usage.SelectMany(shares => shares));
        }
        return outcomes;
    }

    private static void Compare(SeedRun run, string task, Dictionary<Arm, Outcome> outcomes)
    {
        var wide = outcomes[Arm.Wide];
        run.Measure($"{task}-over-albert", outcomes[Arm.Albert].TestLoss - wide.TestLoss);
        run.Measure($"{task}-own-norms-gain", outcomes[Arm.SharedNorms].TestLoss - wide.TestLoss);
        run.Measure($"{task}-divergence-gain", ExpertUsage.MeanJensenShannon(wide.Usage) - ExpertUsage.MeanJensenShannon(outcomes[Arm.SharedNorms].Usage));
        run.Measure($"{task}-divergence", ExpertUsage.MeanJensenShannon(wide.Usage));
        run.Measure($"{task}-loss-ratio", wide.TestLoss / outcomes[Arm.Plain].TestLoss);
        run.Measure($"{task}-over-private", outcomes[Arm.Private].TestLoss - wide.TestLoss);
        foreach (var (arm, outcome) in outcomes)
            run.Measure($"{task}-{arm.Name}-parameters", outcome.Parameters);
    }

    private static void Tune(SeedRun run, int steps)
    {
        var seed = run.Seed.Stream("tuning");
        using var text = new TextTask(steps, run.Setting.Whole("windows"), seed.Stream("text"));
        using var digits = new DigitsTask(steps, run.Setting.Whole("images"), seed.Stream("digits"));
        foreach (var arm in Arm.All)
            foreach (var stepSize in _grid)
            {
                run.Progress(0, FormattableString.Invariant($"{arm.Label} at {stepSize}"));
                var at = FormattableString.Invariant($"{arm.Name} at {stepSize}");
                run.Measure($"text: {at}", text.Run(arm, stepSize, _ => { }, run.CancellationToken).TestLoss);
                run.Measure($"digits: {at}", digits.Run(arm, stepSize, _ => { }, run.CancellationToken).TestLoss);
            }
    }
}
