using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.TensorProgramsFeatureLearning;

/// <summary>Yang and Hu (2021): how weights scale with the width decides whether a wide network learns features.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Exponent = "exponent of the width";
    private const string Points = "percentage points of accuracy";
    private const string PurityPoints = "percentage points of neighbours of the same topic";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "tensor-programs-feature-learning",
        Title = "Feature Learning in Infinite-Width Neural Networks",
        ArxivId = "2011.14522",
        Data = "Gaussian inputs; 200 classes of synthetic glyphs (random strokes, 10 × 10 pixels, 10 examples each); a synthetic text of 20 topics from a hidden Markov chain. All drawn anew for every seed.",
        Claims =
        [
            new()
            {
                Id = "ntk-exponent",
                Statement = "In the NTK parametrization the last hidden layer's movement in training falls with the width to the power −r = −1/2.",
                Metric = "ntk-exponent",
                Unit = Exponent,
                Baseline = "slower than −0.25",
                Criterion = Criterion.Within(-0.65, -0.35, nullValue: -0.25),
                PaperFigure = "r = 1/2, a kernel limit (section 3, by proof)",
            },
            new()
            {
                Id = "standard-exponent",
                Statement = "So it does in the standard parametrization with a learning rate of 1/n.",
                Metric = "standard-exponent",
                Unit = Exponent,
                Baseline = "slower than −0.25",
                Criterion = Criterion.Within(-0.65, -0.35, nullValue: -0.25),
                PaperFigure = "r = 1/2, a kernel limit (section 3, by proof)",
            },
            new()
            {
                Id = "mup-exponent",
                Statement = "In the maximal update parametrization it does not fall: r = 0.",
                Metric = "mup-exponent",
                Unit = Exponent,
                Baseline = "a fall of −0.25",
                Criterion = Criterion.Within(-0.15, 0.15, nullValue: -0.25),
                PaperFigure = "r = 0, feature learning (section 5, by proof)",
            },
            new()
            {
                Id = "mup-reaches-limit",
                Statement = "Trained linear µP networks approach the exact limit as a power of the width, about −1/2.",
                Metric = "mup-limit-exponent",
                Unit = Exponent,
                Baseline = "no approach, 0",
                Criterion = Criterion.Within(-0.8, -0.3, nullValue: 0),
                PaperFigure = "convergence by proof; finite networks on the limit's curve (Word2Vec, Omniglot)",
            },
            new()
            {
                Id = "ntk-does-not",
                Statement = "NTK-parametrized networks do not approach that limit, even at the learning rate that brings them nearest: over the wider half of the networks.",
                Metric = "ntk-limit-exponent",
                Unit = Exponent,
                Baseline = "an approach like µP's, −0.5",
                Criterion = Criterion.AtLeast(-0.1, nullValue: -0.5),
                PaperFigure = "a different limit, by proof",
            },
            new()
            {
                Id = "beats-ntk",
                Statement = "After meta-training the µP limit classifies unseen glyphs from one example better than the NTK limit of a ReLU network.",
                Metric = "limit-less-ntk",
                Unit = Points,
                Baseline = "a lead of 2 points, which the paper's claim would not survive",
                Criterion = Criterion.AtLeast(5, nullValue: 2),
                PaperFigure = "Omniglot, 5-way 1-shot: 66.4 % against 47.8 %",
            },
            new()
            {
                Id = "beats-gp",
                Statement = "And better than the Gaussian-process limit, in which only the last layer learns.",
                Metric = "limit-less-gp",
                Unit = Points,
                Baseline = "a lead of 2 points, which the paper's claim would not survive",
                Criterion = Criterion.AtLeast(5, nullValue: 2),
                PaperFigure = "Omniglot, 5-way 1-shot: 66.4 % against 47.6 %",
            },
            new()
            {
                Id = "width-never-hurts",
                Statement = "Accuracy does not fall from one width of µP networks to the next, nor to the limit: largest fall in standard errors of an accuracy.",
                Metric = "largest-fall",
                Unit = "standard errors",
                Baseline = "about two, the largest of four differences between equal accuracies",
                Criterion = Criterion.AtMost(1, nullValue: 2),
                PaperFigure = "Omniglot: 55.3, 64.5, 66.2, 66.4 % at widths 2, 8, 32, 512",
            },
            new()
            {
                Id = "width-helps",
                Statement = "And it rises: the limit less the network of two neurons.",
                Metric = "limit-less-narrow",
                Unit = Points,
                Baseline = "no rise, 0",
                Criterion = Criterion.AtLeast(5, nullValue: 0),
                PaperFigure = "Omniglot: 66.4 % against 55.3 %",
            },
            new()
            {
                Id = "limit-embeds-best",
                Statement = "Word embeddings of the µP limit are better than those of every finite width tried: the limit less the best of them.",
                Metric = "limit-less-best-finite",
                Unit = PurityPoints,
                Baseline = "equal, 0",
                Criterion = Criterion.AtLeast(0, nullValue: 0),
                PaperFigure = "Word2Vec analogies after training on text8: about 33, 42, 42.6 and 43.3 % at widths 64, 256, 1,024 and ∞",
            },
            new()
            {
                Id = "finite-beats-ntk",
                Statement = "And those of every finite width are better than a wide NTK-parametrized network's: the worst of them less it.",
                Metric = "worst-finite-less-ntk",
                Unit = PurityPoints,
                Baseline = "equal, 0",
                Criterion = Criterion.AtLeast(5, nullValue: 0),
                PaperFigure = "embeddings in the NTK limit stay random; accuracy near 0",
            },
            new()
            {
                Id = "ntk-stays-random",
                Statement = "The wide NTK-parametrized network's embeddings stay near their random start: its gain by training as a share of the µP limit's.",
                Metric = "ntk-gain-share",
                Unit = "1",
                Baseline = "the same gain, 1",
                Criterion = Criterion.AtMost(0.2, nullValue: 1),
                PaperFigure = "embeddings in the NTK limit stay random",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("width", 4096, 256, 8192, "Largest width of the networks whose last hidden layer is watched; the smallest is 64."),
            ParameterDeclaration.Whole("linear-width", 8192, 64, 65_536, "Largest width of the linear networks compared with their limit; the smallest is 16."),
            ParameterDeclaration.Whole("meta-steps", 1200, 30, 20_000, "Steps of meta-training, 32 tasks each; learning rates are chosen after a third of them."),
            ParameterDeclaration.Whole("test-tasks", 800, 50, 10_000, "Few-shot tasks that accuracies are measured on."),
            ParameterDeclaration.Real("jitter", 0.12, 0, 1, "How much examples of a glyph differ: deviation of the entries of its affine change."),
            ParameterDeclaration.Real("noise", 0.5, 0, 5, "Deviation of the noise on a pixel of a glyph, whose ink is 1."),
            ParameterDeclaration.Real("sigma-v", 0.03125, 0, 1, "Initial scale of the output layer of µP networks in the few-shot tasks."),
            ParameterDeclaration.Whole("words", 300, 40, 2000, "Words of the text, a multiple of 20; the limit's width is twice as large."),
            ParameterDeclaration.Whole("tokens", 30_000, 1000, 5_000_000, "Length of the text."),
            ParameterDeclaration.Whole("epochs", 2, 1, 50, "Passes over the text."),
            ParameterDeclaration.Real("stray", 0.6, 0, 1, "Share of tokens that are any word instead of one of their topic."),
            ParameterDeclaration.Whole("ntk-width", 4096, 257, 65_536, "Width of the widest NTK-parametrized network of word embeddings."),
        ],
        Seeds = [1, 2, 3, 4, 5],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue>
            {
                ["width"] = 1024,
                ["linear-width"] = 2048,
                ["meta-steps"] = 300,
                ["test-tasks"] = 300,
                ["ntk-width"] = 1024,
            },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        MeasureFeatureChange(run);
        MeasureConvergence(run);
        // From here on matrices are so small that a second thread spends more time waiting than computing.
        TorchSharp.torch.set_num_threads(1);
        MeasureFewShot(run);
        MeasureEmbeddings(run);
    }

    private static void MeasureFeatureChange(SeedRun run)
    {
        var widths = FeatureChange.Widths(run.Setting.Whole("width"));
        var changes = FeatureChange.Measure(widths, run.Seed.Stream("feature change"), done => run.Progress(0.2 * done, "Movement of features"));
        run.Record("change-widths", widths.Select(width => (double)width));
        foreach (var (name, values) in changes)
        {
            run.Measure($"{name}-exponent", FeatureChange.Exponent(widths, values));
            run.Record($"change-{name}", values);
        }
    }

    private static void MeasureConvergence(SeedRun run)
    {
        var widths = LimitConvergence.Widths(run.Setting.Whole("linear-width"));
        var outcome = LimitConvergence.Measure(widths, run.Seed.Stream("limit"), done => run.Progress(0.2 + 0.05 * done, "Distance from the limit"));
        run.Measure("mup-limit-exponent", LimitConvergence.Exponent(widths, outcome.MaximalUpdate));
        // Small networks scatter by 1/√n about whatever they tend to, so the question is put to the wider half.
        run.Measure("ntk-limit-exponent", LimitConvergence.Exponent(widths[(widths.Length / 2)..], outcome.NeuralTangent[(widths.Length / 2)..]));
        run.Measure("ntk-limit-distance", outcome.NeuralTangent[^1]);
        run.Measure("mup-limit-distance", outcome.MaximalUpdate[^1]);
        run.Measure("limit-loss-fall", outcome.LossFall);
        run.Record("limit-widths", widths.Select(width => (double)width));
        run.Record("distance-mup", outcome.MaximalUpdate);
        run.Record("distance-ntk", outcome.NeuralTangent);
    }

    private static void MeasureFewShot(SeedRun run)
    {
        using var experiment = new FewShotExperiment(
            new(run.Setting.Whole("meta-steps"), run.Setting.Whole("test-tasks"), run.Setting.Real("jitter"), run.Setting.Real("noise"), run.Setting.Real("sigma-v")),
            run.Seed.Stream("few-shot"));
        var widths = FewShotExperiment.Widths;
        var results = new List<FewShotExperiment.Result>();
        for (var i = 0; i < widths.Length; i++)
            results.Add(experiment.MaximalUpdate(widths[i], done => run.Progress(0.25 + 0.45 * (i + done) / (widths.Length + 2), "Few-shot learning")));
        var limit = experiment.Limit(done => run.Progress(0.25 + 0.45 * (widths.Length + done) / (widths.Length + 2), "Few-shot learning"));
        var (gaussian, tangent, linear) = experiment.Kernels(
            done => run.Progress(0.25 + 0.45 * (widths.Length + 1 + done) / (widths.Length + 2), "Few-shot learning, kernel limits"));
        results.Add(limit);

        run.Measure("limit-less-ntk", limit.Accuracy - tangent.Accuracy);
        run.Measure("limit-less-gp", limit.Accuracy - gaussian.Accuracy);
        run.Measure("largest-fall", results.Zip(results.Skip(1), (narrow, wide) => (narrow.Accuracy - wide.Accuracy) / narrow.StandardError).Max());
        run.Measure("limit-less-narrow", limit.Accuracy - results[0].Accuracy);
        run.Measure("limit-accuracy", limit.Accuracy);
        run.Measure("ntk-accuracy", tangent.Accuracy);
        run.Measure("gp-accuracy", gaussian.Accuracy);
        run.Measure("linear-kernel-accuracy", linear.Accuracy);
        run.Measure("limit-inner-rate", limit.InnerRate);
        run.Measure("limit-outer-rate", limit.OuterRate);
        run.Measure("ntk-inner-rate", tangent.InnerRate);
        run.Measure("ntk-outer-rate", tangent.OuterRate);
        run.Record("few-shot", results.Take(widths.Length).Select(result => result.Accuracy));
        var (noisy, clean) = experiment.Examples(Figures.GlyphRows, Figures.GlyphColumns);
        run.Record("glyphs", noisy);
        run.Record("clean-glyphs", clean);
    }

    private static void MeasureEmbeddings(SeedRun run)
    {
        var experiment = new EmbeddingExperiment(
            new(run.Setting.Whole("words"), run.Setting.Whole("tokens"), run.Setting.Whole("epochs"), run.Setting.Real("stray")),
            run.Seed.Stream("embeddings"));
        var widths = EmbeddingExperiment.Widths;
        var finite = new List<EmbeddingExperiment.Result>();
        foreach (var width in widths)
        {
            finite.Add(experiment.MaximalUpdate(width, done => run.Progress(0.7 + 0.05 * done, "Word embeddings")));
            run.Measure($"purity-{width}", finite[^1].Purity);
        }
        var limit = experiment.Limit(done => run.Progress(0.75 + 0.05 * done, "Word embeddings, limit"));
        var tangentWidths = EmbeddingExperiment.TangentWidths(run.Setting.Whole("ntk-width"));
        var tangent = new List<EmbeddingExperiment.Result>();
        foreach (var width in tangentWidths)
            tangent.Add(experiment.NeuralTangent(width, done => run.Progress(0.8 + 0.2 * (tangent.Count + done) / tangentWidths.Length, "Word embeddings, NTK")));
        var wide = tangent[^1];
        var untrained = experiment.Untrained(tangentWidths[^1]);
        run.Measure("limit-less-best-finite", limit.Purity - finite.Max(result => result.Purity));
        run.Measure("worst-finite-less-ntk", finite.Min(result => result.Purity) - wide.Purity);
        run.Measure("ntk-gain-share", (wide.Purity - untrained) / (limit.Purity - untrained));
        run.Measure("purity-limit", limit.Purity);
        run.Measure("purity-ntk", wide.Purity);
        run.Measure("purity-untrained", untrained);
        run.Measure("embedding-limit-loss", limit.Loss);
        run.Measure("embedding-ntk-loss", wide.Loss);
        run.Measure("embedding-limit-rate", limit.LearningRate);
        run.Measure("embedding-ntk-rate", wide.LearningRate);
        run.Record("purity-mup", finite.Select(result => result.Purity));
        run.Record("purity-tangent", tangent.Select(result => result.Purity));
        run.Record("tangent-widths", tangentWidths.Select(width => (double)width));
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
