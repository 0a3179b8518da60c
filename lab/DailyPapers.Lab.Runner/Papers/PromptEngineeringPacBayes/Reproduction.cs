using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.PromptEngineeringPacBayes;

/// <summary>Akinwande, Jiang, Sam and Kolter (2023): classical PAC-Bayes bounds explain why prompts do not overfit.</summary>
internal sealed class Reproduction : IReproduction
{
    internal static readonly int[] Sizes = [100, 300, 1000, 3000, 10_000, 30_000];

    private const string Points = "percentage points of error";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "prompt-engineering-pac-bayes",
        Title = "Understanding prompt engineering may not require rethinking generalization",
        ArxivId = "2310.03957",
        Data = "Synthetic pictures of five shapes in four quarters of 16 × 16 pixels with captions from a grammar: 20,000 pairs train the encoders, ten of the twenty pairs of a shape and a quarter are the classes of the task, with pictures of their own. All drawn anew for every seed.",
        Claims =
        [
            new()
            {
                Id = "bound-holds",
                Statement = "The bound is above the true error in at least 95 of 100 resamples, for hand-made prompts, greedily searched ones, and those searched for the bound: the share of cases.",
                Metric = "coverage",
                Unit = "share of resamples",
                Baseline = "the training error taken for a bound, about one half",
                Criterion = Criterion.AtLeast(0.95, nullValue: 0.5),
                PaperFigure = "a theorem",
            },
            Tight("handmade", "a hand-made prompt, the same for all classes but for their names"),
            Tight("greedy", "prompts found by the greedy search"),
            Tight("penalised", "prompts searched for the bound"),
            new()
            {
                Id = "language-prior-is-tighter",
                Statement = "The language model's prior gives a lower bound than the uniform one, always: the share over hand-made, written and searched prompts.",
                Metric = "language-wins",
                Unit = "share of prompts",
                Baseline = "as often as not, 0.5",
                Criterion = Criterion.AtLeast(1, nullValue: 0.5),
                PaperFigure = "a language model's prior gives remarkably tight bounds; a uniform one over CLIP's context costs 77 ln 49,408 nats a prompt",
            },
            new()
            {
                Id = "bound-ranks-prompts",
                Statement = "Prompts of lower bound have lower true error: rank correlation over written and searched prompts, mean over resamples.",
                Metric = "bound-correlation",
                Unit = "Spearman's rho",
                Baseline = "unrelated, 0",
                Criterion = Criterion.AtLeast(0.7, nullValue: 0),
                PaperFigure = "models of the best bound typically have the best test error; no correlation stated",
            },
            new()
            {
                Id = "prompts-cannot-fit-noise",
                Statement = "Greedily searched prompts don't fit 1,000 random labels: training error as a share of guessing's 0.9.",
                Metric = "noise-error-prompts",
                Unit = "share of the error of guessing",
                Baseline = "a perfect fit, 0",
                Criterion = Criterion.AtLeast(0.8, nullValue: 0),
                PaperFigure = "greedy prompts do not fit random labels",
            },
            new()
            {
                Id = "network-fits-noise",
                Statement = "A perceptron on the same image vectors fits the same labels: training error.",
                Metric = "noise-error-network",
                Unit = "training error",
                Baseline = "guessing, 0.9",
                Criterion = Criterion.AtMost(0.1, nullValue: 0.9),
                PaperFigure = "networks fit random labels (Zhang et al. 2017)",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("steps", 1500, 50, 50_000, "Steps of training the encoders, 256 pairs each."),
            ParameterDeclaration.Real("noise", 0.2, 0, 5, "Deviation of the noise on a pixel, whose ink is 0.6 or 1."),
            ParameterDeclaration.Whole("n", 10_000, 100, 100_000, "Training examples of the task."),
            ParameterDeclaration.Whole("resamples", 20, 1, 1000, "Training sets drawn within a seed."),
            ParameterDeclaration.Whole("length", 5, 1, 10, "Most tokens that a search gives a class."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 500, ["resamples"] = 4 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    private static Claim Tight(string kind, string prompts) => new()
    {
        Id = $"tight-{kind}",
        Statement = $"At n = 10,000 the bound is at most 8 points above the true error, for {prompts}: mean over resamples.",
        Metric = $"gap-{kind}",
        Unit = Points,
        Baseline = "20 points, far from saying anything useful",
        Criterion = Criterion.AtMost(8, nullValue: 20),
        PaperFigure = "ImageNet with CLIP: often within a few percentage points of the test error",
    };

    public void RunSeed(SeedRun run)
    {
        // Matrices are so small that a second thread spends more time waiting than computing.
        set_num_threads(1);
        run.Progress(0, "Training the encoders");
        using var task = new PromptTask(
            new(run.Setting.Whole("steps"), run.Setting.Real("noise"), run.Setting.Whole("length")),
            run.Seed.Stream("task"), done => run.Progress(0.4 * done, "Training the encoders"));
        MeasureBounds(run, task);
        MeasureSizes(run, task);
        MeasureRandomLabels(run, task);
        run.Record("pictures", task.ExamplePixels.Select(pixel => (double)pixel));
    }

    private static void MeasureBounds(SeedRun run, PromptTask task)
    {
        var (n, resamples) = (run.Setting.Whole("n"), run.Setting.Whole("resamples"));
        var trueErrors = task.Written.Select(task.TrueError).ToArray();
        var cases = new List<(int Kind, double Train, double True, double Language, double Seeger, double Uniform, double Common)>();
        List<double> byBound = [], byTraining = [];
        var writtenWins = task.Written.Append(task.Handmade).ToArray();
        for (var r = 0; r < resamples; r++)
        {
            using var scope = NewDisposeScope();
            var (images, labels) = task.Sample(n, run.Seed.Stream($"resample {r}"));
            int[][][] kinds = [task.Handmade, task.Search(images, labels), task.Search(images, labels, bound: true)];
            var ofKinds = kinds.Select((prompts, kind) =>
            {
                var train = task.Error(images, labels, prompts);
                var (language, seeger, uniform, common) = task.Bounds(train, prompts, n);
                return (kind, train, risk: task.TrueError(prompts), language, seeger, uniform, common);
            }).ToArray();
            cases.AddRange(ofKinds);

            var training = task.Written.Select(prompts => task.Error(images, labels, prompts)).ToArray();
            double[] bounds = [.. task.Written.Select((prompts, i) => task.Bounds(training[i], prompts, n).Language), .. ofKinds.Skip(1).Select(entry => entry.language)];
            double[] truth = [.. trueErrors, .. ofKinds.Skip(1).Select(entry => entry.risk)];
            byBound.Add(RankCorrelation.Spearman(bounds, truth));
            byTraining.Add(RankCorrelation.Spearman([.. training, .. ofKinds.Skip(1).Select(entry => entry.train)], truth));
            if (r == 0)
            {
                run.Record("scatter-bound", bounds);
                run.Record("scatter-true", truth);
            }
            run.Progress(0.4 + 0.35 * (r + 1) / resamples, "Bounds and resamples");
        }

        run.Measure("coverage", cases.Average(entry => entry.Language >= entry.True ? 1.0 : 0));
        run.Measure("training-error-coverage", cases.Average(entry => entry.Train >= entry.True ? 1.0 : 0));
        var names = new[] { "handmade", "greedy", "penalised" };
        for (var kind = 0; kind < names.Length; kind++)
        {
            var own = cases.Where(entry => entry.Kind == kind).ToArray();
            run.Measure($"error-{names[kind]}", 100 * own.Average(entry => entry.True));
            run.Measure($"overfit-{names[kind]}", 100 * own.Average(entry => entry.True - entry.Train));
            run.Measure($"gap-{names[kind]}", 100 * own.Average(entry => entry.Language - entry.True));
            run.Measure($"gap-seeger-{names[kind]}", 100 * own.Average(entry => entry.Seeger - entry.True));
            run.Measure($"gap-uniform-{names[kind]}", 100 * own.Average(entry => entry.Uniform - entry.True));
            run.Measure($"gap-common-{names[kind]}", 100 * own.Average(entry => entry.Common - entry.True));
            run.Measure($"language-wins-{names[kind]}", own.Average(entry => entry.Language < entry.Uniform ? 1.0 : 0));
        }
        var wins = cases.Select(entry => entry.Language < entry.Uniform)
            .Concat(writtenWins.Select(prompts => Divergence(prompts, task.Language) < Divergence(prompts, task.Uniform)));
        run.Measure("language-wins", wins.Average(win => win ? 1.0 : 0));
        run.Measure("bound-correlation", byBound.Average());
        run.Measure("training-error-correlation", byTraining.Average());

        static double Divergence(int[][] prompts, Generalization.PacBayes.IPromptPrior prior) => Generalization.PacBayes.StructuralRisk.Divergence(prior, prompts);
    }

    private static void MeasureSizes(SeedRun run, PromptTask task)
    {
        double[][] handmade = new double[Sizes.Length][], searched = new double[Sizes.Length][];
        for (var i = 0; i < Sizes.Length; i++)
        {
            using var scope = NewDisposeScope();
            var (images, labels) = task.Sample(Sizes[i], run.Seed.Stream($"size {Sizes[i]}"));
            handmade[i] = Curve(task.Handmade);
            searched[i] = Curve(task.Search(images, labels, bound: true));
            run.Progress(0.75 + 0.1 * (i + 1) / Sizes.Length, "Bounds by sample size");

            double[] Curve(int[][] prompts)
            {
                var train = task.Error(images, labels, prompts);
                var (language, seeger, uniform, _) = task.Bounds(train, prompts, Sizes[i]);
                return [task.TrueError(prompts), language, seeger, uniform];
            }
        }
        for (var curve = 0; curve < Figures.Curves.Length; curve++)
        {
            run.Record($"size-handmade-{curve}", handmade.Select(values => 100 * values[curve]));
            run.Record($"size-penalised-{curve}", searched.Select(values => 100 * values[curve]));
        }
    }

    private static void MeasureRandomLabels(SeedRun run, PromptTask task)
    {
        var fits = RandomLabels.Sizes.Select((size, i) =>
        {
            run.Progress(0.85 + 0.15 * i / RandomLabels.Sizes.Length, "Random labels");
            return RandomLabels.Fit(task, size, run.Seed.Stream($"random labels {size}"), run.CancellationToken);
        }).ToArray();
        var decisive = fits[Array.IndexOf(RandomLabels.Sizes, RandomLabels.Decisive)];
        run.Measure("noise-error-prompts", decisive.Prompts / (1 - 1.0 / PromptTask.Classes));
        run.Measure("noise-error-network", decisive.Network);
        run.Record("noise-prompts", fits.Select(fit => 100 * fit.Prompts));
        run.Record("noise-network", fits.Select(fit => 100 * fit.Network));
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
