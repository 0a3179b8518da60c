using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.IntriguingAdversarialProperties;

/// <summary>Cubuk, Zoph, Schoenholz and Le (2017): adversarial error is a power law of the perturbation's size.</summary>
internal sealed class Reproduction : IReproduction
{
    private const int Train = 10_000;

    private static readonly ScaleRequirement _needsManyImages = ScaleRequirements.FashionMnistImages with
    {
        Description = $"{ScaleRequirements.FashionMnistImages.Description}; and 5,000 attacked images, since the smallest errors of a curve rest on a few dozen of them",
        FullModeOnly = true,
    };

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "intriguing-adversarial-properties",
        Title = "Intriguing Properties of Adversarial Examples",
        ArxivId = "1711.02846",
        Data = "Fashion-MNIST (Xiao, Rasul, Vollgraf 2017) at half its resolution, 14 × 14 pixels from 0 to 1; training and test images drawn by seed; and the 1,797 8 × 8 digits (Alpaydin and Kaynak 1998), split by seed.",
        Claims =
        [
            new()
            {
                Id = "no-exponent-below",
                Statement = "Adversarial error grows as ε^B over a decade and a half, for fully connected and convolutional networks, trained, untrained and trained on random labels, under three attacks: the least of the 18 exponents.",
                Metric = "lowest-exponent",
                Unit = "exponent",
                Baseline = "0.5, as for logit differences that pile up at zero",
                Criterion = Criterion.AtLeast(0.7, nullValue: 0.5),
                PaperFigure = "exponents of 0.9 to 1.3 for all data sets, models and attacks",
                SmallestScale = _needsManyImages,
            },
            new()
            {
                Id = "no-exponent-above",
                Statement = "The greatest of the 18 exponents.",
                Metric = "highest-exponent",
                Unit = "exponent",
                Baseline = "2, as for logit differences that avoid zero",
                Criterion = Criterion.AtMost(1.4, nullValue: 2),
                PaperFigure = "exponents of 0.9 to 1.3 for all data sets, models and attacks",
                SmallestScale = _needsManyImages,
            },
            new()
            {
                Id = "straight",
                Statement = "The law is straight in logarithms: the least R² of the 18 fits.",
                Metric = "lowest-r-squared",
                Unit = "R²",
                Baseline = "0.9, a visible bend",
                Criterion = Criterion.AtLeast(0.98, nullValue: 0.9),
                PaperFigure = "straight lines in log-log plots",
                SmallestScale = _needsManyImages,
            },
            new()
            {
                Id = "gaps-predict",
                Statement = "The share of images whose logit difference is below ε times the mean slope is the error under FGSM at small ε, for trained networks: mean relative deviation over the lowest decade.",
                Metric = "mean-field-deviation",
                Unit = "relative deviation",
                Baseline = "no error at all, 1",
                Criterion = Criterion.AtMost(0.2, nullValue: 1),
                PaperFigure = "section 3, mean-field argument",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
            .. EntropyClaims("fashion", "Fashion-MNIST", ScaleRequirements.FashionMnistImages),
            .. EntropyClaims("digits", "the digits", null),
            new()
            {
                Id = "architectures-matter",
                Statement = "The best architecture of an evolutionary search for accuracy under attack is better than the median random one: accuracy under PGD.",
                Metric = "search-gain",
                Unit = "percentage points of accuracy under attack",
                Baseline = "the median of the random architectures, 0",
                Criterion = Criterion.AtLeast(5, nullValue: 0),
                PaperFigure = "CIFAR-10, reinforcement learning: more robust than earlier architectures",
                SmallestScale = ScaleRequirements.FashionMnistImages,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("steps", 1000, 50, 20_000, "Steps of a training."),
            ParameterDeclaration.Whole("images", 5000, 500, 10_000, "Test images that are attacked."),
            ParameterDeclaration.Real("penalty", 3, 0, 20, "λ, weight of the entropy."),
            ParameterDeclaration.Real("epsilon", 0.03, 0.001, 0.5, "Size of the perturbation in the claims about entropy and architectures on Fashion-MNIST; pixels go from 0 to 1."),
            ParameterDeclaration.Real("digits-epsilon", 0.1, 0.001, 0.5, "Size of the perturbation in the claims about entropy on the digits; pixels go from 0 to 1."),
            ParameterDeclaration.Whole("population", 10, 2, 100, "Random architectures."),
            ParameterDeclaration.Whole("mutants", 14, 0, 200, "Architectures bred from them."),
            ParameterDeclaration.Whole("search-steps", 250, 50, 5000, "Steps of a training in the search."),
        ],
        Seeds = [11, 12, 13, 14, 15],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 300, ["penalty"] = 1, ["images"] = 1500, ["population"] = 4, ["mutants"] = 3, ["search-steps"] = 80 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 5 },
    };
    // #endregion declaration

    private static IEnumerable<Claim> EntropyClaims(string name, string data, ScaleRequirement? scale) =>
    [
        new()
        {
            Id = $"entropy-white-box-{name}",
            Statement = $"On {data}, a penalty on the entropy of predictions lowers the error under white-box FGSM at a fixed ε: relative reduction, mean of both architectures.",
            Metric = $"{name}-white-reduction",
            Unit = "relative reduction",
            Baseline = "the same training without the penalty, 0",
            Criterion = Criterion.AtLeast(0.2, nullValue: 0),
            PaperFigure = "section 4: more robust on MNIST and CIFAR-10",
            SmallestScale = scale,
        },
        new()
        {
            Id = $"entropy-black-box-{name}",
            Statement = $"On {data}, it lowers the error under FGSM made on a network that was trained independently: relative reduction.",
            Metric = $"{name}-black-reduction",
            Unit = "relative reduction",
            Baseline = "the same training without the penalty, 0",
            Criterion = Criterion.AtLeast(0.2, nullValue: 0),
            PaperFigure = "section 4: more robust to white- and black-box attacks",
            SmallestScale = scale,
        },
        new()
        {
            Id = $"entropy-unmasked-{name}",
            Statement = $"On {data}, it lowers the error under an iterated attack on the logits, which a saturated softmax can't blind: relative reduction.",
            Metric = $"{name}-unmasked-reduction",
            Unit = "relative reduction",
            Baseline = "the same training without the penalty, 0",
            Criterion = Criterion.AtLeast(0.2, nullValue: 0),
            PaperFigure = "not tested there",
            SmallestScale = scale,
        },
        new()
        {
            Id = $"entropy-clean-{name}",
            Statement = $"On {data}, it costs little without attack: test error with the penalty less without, mean of both architectures.",
            Metric = $"{name}-clean-cost",
            Unit = "percentage points of test error",
            Baseline = "a cost of three points",
            Criterion = Criterion.AtMost(1, nullValue: 3),
            PaperFigure = "section 4",
            SmallestScale = scale,
        },
    ];

    public void RunSeed(SeedRun run)
    {
        // The networks are so small that a second thread spends more time waiting than computing.
        set_num_threads(1);
        MeasureDigits(run);
        MeasureFashion(run);
    }

    private static void MeasureDigits(SeedRun run)
    {
        run.Progress(0, "Digits");
        var errors = Architectures().Select(architecture => EntropyExperiment.OnDigits(
            architecture.Build, run.Setting.Whole("steps"), run.Setting.Real("penalty"), run.Setting.Real("digits-epsilon"), run.Seed.Stream("digits"),
            run.Seed.Stream($"digits {architecture.Name}"), run.CancellationToken)).ToList();
        ReportEntropy(run, "digits", errors);
    }

    private static (string Name, Func<int, Seed, Network> Build)[] Architectures() => [("mlp", Networks.FullyConnected), ("cnn", Networks.Convolutional)];

    private static void MeasureFashion(SeedRun run)
    {
        // Without the images the claims about them can't be decided, and their verdicts say so.
        if (FashionMnist.FindFolder() is not { } folder)
            return;
        using var scope = NewDisposeScope();
        var data = FashionMnist.Read(folder);
        var (x, y) = FashionImages.Draw(data.Train, Train, run.Seed.Stream("train"));
        var (testX, testY) = FashionImages.Draw(data.Test, run.Setting.Whole("images"), run.Seed.Stream("test"));
        var shuffled = y.data<long>().ToArray();
        run.Seed.Stream("random labels").ToRandom().Shuffle(shuffled);
        var randomY = tensor(shuffled);

        var outcomes = new List<(string Name, ErrorCurves.Outcome Outcome)>();
        var errors = new List<(EntropyExperiment.Errors Plain, EntropyExperiment.Errors Penalised)>();
        foreach (var (architecture, build) in Architectures())
        {
            var seed = run.Seed.Stream(architecture);
            var start = outcomes.Count / 6.0;
            run.Progress(0.05 + 0.75 * start, "Training");
            // The same initial weights and batches for plain training, penalty and random labels; the surrogate has its own.
            using var plain = Fit(y, 0, seed);
            using var penalised = Fit(y, run.Setting.Real("penalty"), seed);
            using var surrogate = Fit(y, 0, seed.Stream("surrogate"));
            using var randomLabels = Fit(randomY, 0, seed);
            using var untrained = build(FashionImages.Side, seed.Stream("weights"));
            run.Measure($"{architecture}-random-label-training-error", 100 * Networks.ErrorRate(randomLabels, x, randomY));
            errors.Add((
                EntropyExperiment.Measure(plain, surrogate, testX, testY, run.Setting.Real("epsilon")),
                EntropyExperiment.Measure(penalised, surrogate, testX, testY, run.Setting.Real("epsilon"))));
            foreach (var (state, network) in ((string, Network)[])[("trained", plain), ("untrained", untrained), ("random-labels", randomLabels)])
            {
                run.Progress(0.05 + 0.75 * (start + 0.1 + 0.13 * (outcomes.Count % 3)), "Attacks");
                outcomes.Add(($"{architecture}-{state}", ErrorCurves.Measure(network, testX, run.CancellationToken)));
            }

            Network Fit(Tensor labels, double penalty, Seed stream) =>
                Networks.Train(build(FashionImages.Side, stream.Stream("weights")), x, labels, run.Setting.Whole("steps"), penalty, stream.Stream("batches"), run.CancellationToken);
        }
        ReportCurves(run, outcomes);
        ReportEntropy(run, "fashion", errors);
        MeasureSearch(run, data);
    }

    private static void ReportCurves(SeedRun run, List<(string Name, ErrorCurves.Outcome Outcome)> outcomes)
    {
        var fits = outcomes.SelectMany(pair => pair.Outcome.Curves.Select((curve, attack) => (Name: $"{pair.Name}-{ErrorCurves.Attacks[attack]}", Fit: curve.Fit(), Top: curve.Epsilons[^1]))).ToList();
        run.Measure("lowest-exponent", fits.Min(fit => fit.Fit.Exponent));
        run.Measure("highest-exponent", fits.Max(fit => fit.Fit.Exponent));
        run.Measure("lowest-r-squared", fits.Min(fit => fit.Fit.RSquared));
        run.Measure("fits-within-bounds", fits.Count(fit => fit.Fit.Exponent is >= 0.7 and <= 1.4 && fit.Fit.RSquared >= 0.98));
        foreach (var (name, fit, top) in fits)
        {
            run.Measure($"exponent-{name}", fit.Exponent);
            run.Measure($"r-squared-{name}", fit.RSquared);
            run.Measure($"top-epsilon-{name}", top);
        }
        var trained = outcomes.Where(pair => pair.Name.EndsWith("-trained", StringComparison.Ordinal)).Select(pair => pair.Outcome).ToList();
        run.Measure("mean-field-deviation", trained.Average(outcome => outcome.Deviation(outcome.MeanField)));
        run.Measure("local-deviation", trained.Average(outcome => outcome.Deviation(outcome.Local)));
        foreach (var (name, outcome) in outcomes)
        {
            run.Record($"{name}-density", outcome.Density);
            for (var attack = 0; attack < ErrorCurves.Attacks.Length; attack++)
            {
                run.Record($"{name}-{ErrorCurves.Attacks[attack]}-epsilons", outcome.Curves[attack].Epsilons);
                run.Record($"{name}-{ErrorCurves.Attacks[attack]}-errors", outcome.Curves[attack].Errors);
            }
            run.Record($"{name}-mean-field", outcome.MeanField);
            run.Record($"{name}-local", outcome.Local);
        }
    }

    private static void ReportEntropy(SeedRun run, string data, List<(EntropyExperiment.Errors Plain, EntropyExperiment.Errors Penalised)> errors)
    {
        double Mean(Func<EntropyExperiment.Errors, EntropyExperiment.Errors, double> value) => errors.Average(pair => value(pair.Plain, pair.Penalised));
        run.Measure($"{data}-white-reduction", Mean((plain, penalised) => 1 - penalised.White / plain.White));
        run.Measure($"{data}-black-reduction", Mean((plain, penalised) => 1 - penalised.Black / plain.Black));
        run.Measure($"{data}-unmasked-reduction", Mean((plain, penalised) => 1 - penalised.Unmasked / plain.Unmasked));
        run.Measure($"{data}-clean-cost", Mean((plain, penalised) => penalised.Clean - plain.Clean));
        foreach (var (name, of) in ((string, Func<EntropyExperiment.Errors, double>)[])
            [("clean", e => e.Clean), ("white", e => e.White), ("black", e => e.Black), ("unmasked", e => e.Unmasked), ("blind", e => e.Blind), ("entropy", e => e.Entropy)])
        {
            run.Measure($"{data}-plain-{name}", Mean((plain, _) => of(plain)));
            run.Measure($"{data}-penalised-{name}", Mean((_, penalised) => of(penalised)));
        }
    }

    private static void MeasureSearch(SeedRun run, FashionMnist data)
    {
        run.Progress(0.8, "Architectures");
        var search = RobustSearch.Run(
            data, run.Setting.Whole("population"), run.Setting.Whole("mutants"), run.Setting.Whole("search-steps"), run.Setting.Real("epsilon"),
            run.Seed.Stream("search"), done => run.Progress(0.8 + 0.2 * done, "Architectures"), run.CancellationToken);
        run.Measure("search-gain", search.Best - search.Median);
        run.Measure("search-best", search.Best);
        run.Measure("search-median", search.Median);
        run.Measure("search-best-clean", search.BestClean);
        run.Measure("search-median-clean", search.MedianClean);
        run.Measure("search-clean-robust-correlation", search.Correlation);
        run.Measure("best-layers", search.Architecture.Layers);
        run.Measure("best-channels", search.Architecture.Channels);
        run.Measure("best-kernel", search.Architecture.Kernel);
        run.Measure("best-pooling", search.Architecture.Pooling);
        run.Measure("best-activation", search.Architecture.Activation);
        run.Measure("best-hidden", search.Architecture.Hidden);
        run.Record("rewards", search.Rewards);
    }

    public void Draw(FigureSheet sheet)
    {
        if (FashionMnist.FindFolder() is not null)
            Figures.Draw(sheet);
    }
}
