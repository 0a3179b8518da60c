using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Generalization.LongTail;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.LongTailMemorization;

/// <summary>Feldman (2019): when frequencies have a long tail, a learner must fit what it saw once.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Points = "percentage points of test error";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "long-tail-memorization",
        Title = "Does Learning Require Memorization? A Short Tale about a Long Tail",
        ArxivId = "1906.05271",
        Data = "Synthetic: subpopulations whose frequencies are drawn from a Zipf or a two-level prior, as bare labels and as Gaussian clusters in 64 dimensions with random classes, drawn anew for every seed; and the 1,797 8 × 8 digits (Alpaydin and Kaynak 1998), thinned out by Zipf's law.",
        Claims =
        [
            new()
            {
                Id = "singleton-price",
                Statement = "Zipf prior: what a learner loses that refuses to fit examples of subpopulations seen once is τ₁ times those that it mislabels: relative error of that prediction.",
                Metric = "price-error",
                Unit = "relative error",
                Baseline = "a singleton counted at its share of the sample, 1/n",
                Criterion = Criterion.AtMost(0.1, nullValue: 0.4),
                PaperFigure = "theorem 2.3, an inequality; equal here because both learners guess what they never saw",
            },
            new()
            {
                Id = "short-tail-free",
                Statement = "Two-level prior with as many singletons as a tenth of the sample: the same refusal costs next to nothing.",
                Metric = "short-tail-loss",
                Unit = Points,
                Baseline = "singletons counted at their share of the sample, 9 points",
                Criterion = Criterion.AtMost(0.5, nullValue: 9),
                PaperFigure = "section 2: τ₁ is negligible unless frequencies near 1/n have weight",
            },
            new()
            {
                Id = "networks-long-tail",
                Statement = "Gaussian subpopulations, Zipf prior: a network that is regularised until it no longer fits singletons has a greater test error than one that fits everything.",
                Metric = "network-long-gain",
                Unit = Points,
                Baseline = "no difference, 0",
                Criterion = Criterion.AtLeast(2, nullValue: 0),
                PaperFigure = "section 3, theory only",
            },
            new()
            {
                Id = "networks-short-tail",
                Statement = "The same two learners on a two-level prior are equally good: absolute difference.",
                Metric = "network-short-gap",
                Unit = Points,
                Baseline = "a gap of two points",
                Criterion = Criterion.AtMost(1, nullValue: 2),
                PaperFigure = "section 3, theory only",
            },
            new()
            {
                Id = "neighbours-long-tail",
                Statement = "Zipf prior: a vote of several nearest neighbours has a greater test error than the one nearest, which fits everything.",
                Metric = "neighbour-long-gain",
                Unit = Points,
                Baseline = "no difference, 0",
                Criterion = Criterion.AtLeast(2, nullValue: 0),
                PaperFigure = "section 3 names nearest neighbours as an example",
            },
            new()
            {
                Id = "neighbours-short-tail",
                Statement = "Two-level prior: both are equally good: absolute difference.",
                Metric = "neighbour-short-gap",
                Unit = Points,
                Baseline = "a gap of two points",
                Criterion = Criterion.AtMost(1, nullValue: 2),
                PaperFigure = "section 3, theory only",
            },
            new()
            {
                Id = "memorised-are-rare",
                Statement = "Gaussian subpopulations, Zipf prior: networks memorise an example the more, the fewer of its subpopulation there are.",
                Metric = "memorization-correlation",
                Unit = "Spearman's rho",
                Baseline = "unrelated ranks, 0",
                Criterion = Criterion.AtLeast(0.5, nullValue: 0),
                PaperFigure = "section 4 defines the score; measured on images by Feldman and Zhang 2020",
            },
            new()
            {
                Id = "memorised-digits-are-rare",
                Statement = "The same for digits whose subclusters are thinned out by Zipf's law.",
                Metric = "digits-correlation",
                Unit = "Spearman's rho",
                Baseline = "unrelated ranks, 0",
                Criterion = Criterion.AtLeast(0.5, nullValue: 0),
                PaperFigure = "section 4 defines the score; measured on images by Feldman and Zhang 2020",
            },
            new()
            {
                Id = "privacy-hurts-the-rare",
                Statement = "DP-SGD at ε = 8 costs the rare half of a Zipf population more than the frequent half: ratio of points lost, the frequent half's taken to be at least 1.",
                Metric = "privacy-ratio",
                Unit = "ratio",
                Baseline = "equal losses, 1",
                Criterion = Criterion.AtLeast(3, nullValue: 1),
                PaperFigure = "section 5, theory; measured by Bagdasaryan and Shmatikov 2019",
            },
            new()
            {
                Id = "compression-hurts-the-rare",
                Statement = "So does pruning by magnitude: the same ratio at the least sparsity of the grid that costs 3 points over all.",
                Metric = "compression-ratio",
                Unit = "ratio",
                Baseline = "equal losses, 1",
                Criterion = Criterion.AtLeast(3, nullValue: 1),
                PaperFigure = "section 5, theory; measured by Hooker et al. 2020",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("n", 50_000, 1000, 200_000, "Examples in the discrete model; as many subpopulations under the Zipf prior, 20 times as many under the two-level one."),
            ParameterDeclaration.Whole("examples", 2000, 500, 20_000, "Training examples of Gaussian subpopulations; as many subpopulations under the Zipf prior, 20 times as many under the two-level one."),
            ParameterDeclaration.Whole("width", 256, 16, 2048, "Hidden neurons."),
            ParameterDeclaration.Whole("steps", 3000, 100, 50_000, "Steps of a training on Gaussian subpopulations."),
            ParameterDeclaration.Real("noise", 0.5, 0.05, 2, "Standard deviation of a coordinate within a subpopulation; centres have 1."),
            ParameterDeclaration.Real("decay", 2e-2, 0, 0.1, "Weight decay of the regularised network."),
            ParameterDeclaration.Whole("neighbours", 5, 2, 50, "Nearest neighbours that vote."),
            ParameterDeclaration.Whole("trainings", 400, 20, 5000, "Trainings that a memorisation score is estimated from, each without three tenths of the examples."),
            ParameterDeclaration.Whole("private-examples", 10_000, 1000, 50_000, "Examples, and subpopulations, in the claim about privacy."),
        ],
        Seeds = [11, 12, 13, 14, 15],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["n"] = 10_000, ["examples"] = 1000, ["steps"] = 1000, ["trainings"] = 100, ["private-examples"] = 4000 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The networks are so small that a second thread spends more time waiting than computing.
        TorchSharp.torch.set_num_threads(1);
        var setting = new MixtureExperiment.Setting(
            run.Setting.Whole("examples"), run.Setting.Whole("width"), run.Setting.Whole("steps"), run.Setting.Real("noise"), run.Setting.Real("decay"),
            run.Setting.Whole("neighbours"));
        MeasureDiscrete(run);
        MeasureMixture(run, setting);
        MeasureMemorization(run, setting);
        MeasureDisparity(run, setting);
    }

    private static void MeasureDiscrete(SeedRun run)
    {
        run.Progress(0, "Discrete model");
        var n = run.Setting.Whole("n");
        var longTail = DiscreteModel.Run(FrequencyPrior.Zipf(n), n, ClassificationTask.Classes, 50, run.Seed.Stream("zipf"));
        run.Progress(0.03, "Discrete model");
        var shortTail = DiscreteModel.Run(FrequencyPrior.TwoLevel(20 * n, n / 50, 0.9), n, ClassificationTask.Classes, 20, run.Seed.Stream("two levels"));
        run.Measure("price-error", Math.Abs(longTail.Excess / longTail.Predicted - 1));
        run.Measure("naive-price-error", Math.Abs(longTail.Excess / longTail.Mislabelled - 1));
        run.Measure("zipf-n-tau-1", longTail.Tau[0]);
        run.Measure("zipf-singletons", 100 * longTail.Singletons);
        run.Measure("zipf-loss", 100 * longTail.Excess);
        run.Measure("zipf-fitting-error", 100 * longTail.Fitting);
        run.Measure("short-tail-loss", 100 * shortTail.Excess);
        run.Measure("short-tail-predicted", 100 * shortTail.Predicted);
        run.Measure("short-tail-singletons", 100 * shortTail.Singletons);
        run.Record("zipf-tau", longTail.Tau);
        run.Record("zipf-frequency", longTail.Frequency);
        run.Record("two-level-tau", shortTail.Tau);
        run.Record("two-level-frequency", shortTail.Frequency);
    }

    private static void MeasureMixture(SeedRun run, MixtureExperiment.Setting setting)
    {
        var tails = MixtureExperiment.Run(setting, run.Seed.Stream("mixture"), done => run.Progress(0.05 + 0.5 * done, "Gaussian subpopulations"), run.CancellationToken);
        run.Measure("network-long-gain", tails[0].Networks[^1].Error - tails[0].Networks[0].Error);
        run.Measure("network-short-gap", Math.Abs(tails[1].Networks[^1].Error - tails[1].Networks[0].Error));
        run.Measure("neighbour-long-gain", tails[0].Neighbours.Error - tails[0].OneNeighbour.Error);
        run.Measure("neighbour-short-gap", Math.Abs(tails[1].Neighbours.Error - tails[1].OneNeighbour.Error));
        foreach (var (name, tail) in ((string, MixtureExperiment.TailOutcome)[])[("long", tails[0]), ("short", tails[1])])
        {
            run.Measure($"{name}-fitting-error", tail.Networks[0].Error);
            run.Measure($"{name}-one-neighbour-error", tail.OneNeighbour.Error);
            run.Measure($"{name}-fitting-training-error", tail.Networks[0].TrainingError);
            run.Measure($"{name}-regularised-training-error", tail.Networks[^1].TrainingError);
            run.Measure($"{name}-regularised-price", tail.Networks[^1].Price);
            run.Measure($"{name}-neighbours-training-error", tail.Neighbours.TrainingError);
            run.Measure($"{name}-neighbours-price", tail.Neighbours.Price);
            run.Record($"{name}-training", tail.Networks[..^1].Select(learner => learner.TrainingError));
            run.Record($"{name}-excess", tail.Networks[..^1].Select(learner => learner.Error - tail.Networks[0].Error));
            run.Record($"{name}-price", tail.Networks[..^1].Select(learner => learner.Price));
        }
    }

    private static void MeasureMemorization(SeedRun run, MixtureExperiment.Setting setting)
    {
        var trainings = run.Setting.Whole("trainings");
        var mixture = MemorizedExamples.Mixture(
            500, setting.Noise, trainings, 400, run.Seed.Stream("memorised"), done => run.Progress(0.55 + 0.1 * done, "Memorisation"), run.CancellationToken);
        var digits = MemorizedExamples.DigitsWithATail(
            trainings, 400, run.Seed.Stream("digits"), done => run.Progress(0.65 + 0.1 * done, "Memorisation of digits"), run.CancellationToken);
        run.Measure("memorization-correlation", mixture.Correlation);
        run.Measure("digits-correlation", digits.Correlation);
        run.Measure("digits-examples", digits.Scores.Length);
        run.Measure("mixture-mean-memorization", mixture.Scores.Average());
        run.Measure("digits-mean-memorization", digits.Scores.Average());
        run.Record("mixture-memorization", mixture.MeanBySize());
        run.Record("digits-memorization", digits.MeanBySize());
    }

    private static void MeasureDisparity(SeedRun run, MixtureExperiment.Setting setting)
    {
        var privacy = DisparateEffects.Privacy(
            run.Setting.Whole("private-examples"), setting.Width, setting.Noise, new(600, 0.02, 0.1), run.Seed.Stream("privacy"),
            done => run.Progress(0.75 + 0.2 * done, "DP-SGD"), run.CancellationToken);
        run.Measure("privacy-ratio", privacy.Ratio(0));
        run.Measure("privacy-frequent-loss", privacy.After[0].Frequent - privacy.Before.Frequent);
        run.Measure("privacy-rare-loss", privacy.After[0].Rare - privacy.Before.Rare);
        run.Measure("privacy-frequent-before", privacy.Before.Frequent);
        run.Measure("privacy-rare-before", privacy.Before.Rare);
        run.Measure("privacy-ratio-strongest", privacy.Ratio(DisparateEffects.Epsilons.Length - 1));
        Record("privacy", privacy);

        var compression = DisparateEffects.Compression(setting, run.Seed.Stream("compression"), run.CancellationToken);
        var strength = Enumerable.Range(0, DisparateEffects.Sparsities.Length).First(i => compression.Loss(i) >= 3 || i == DisparateEffects.Sparsities.Length - 1);
        run.Measure("compression-ratio", compression.Ratio(strength));
        run.Measure("compression-sparsity", DisparateEffects.Sparsities[strength]);
        run.Measure("compression-frequent-loss", compression.After[strength].Frequent - compression.Before.Frequent);
        run.Measure("compression-rare-loss", compression.After[strength].Rare - compression.Before.Rare);
        run.Measure("compression-ratio-strongest", compression.Ratio(DisparateEffects.Sparsities.Length - 1));
        Record("compression", compression);

        void Record(string name, DisparateEffects.Outcome outcome)
        {
            run.Record($"{name}-frequent", [outcome.Before.Frequent, .. outcome.After.Select(errors => errors.Frequent)]);
            run.Record($"{name}-rare", [outcome.Before.Rare, .. outcome.After.Select(errors => errors.Rare)]);
        }
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
