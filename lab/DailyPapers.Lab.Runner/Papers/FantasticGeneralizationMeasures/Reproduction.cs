using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.FantasticGeneralizationMeasures;

/// <summary>Gastpar, Nachum, Shafer and Weinberger (2023): no function of sample and hypothesis estimates the loss of an overparametrised learner everywhere.</summary>
internal sealed class Reproduction : IReproduction
{
    private const string Theorem = "none: a theorem, without experiments";

    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "fantastic-generalization-measures",
        Title = "Fantastic Generalization Measures are Nowhere to be Found",
        ArxivId = "2309.13658",
        Data = "Synthetic: linear functions over the fields of 2, 3 and 5 elements, a shattered domain of 100 points, linear threshold functions on the cube of ten bits; all drawn anew for every seed.",
        Claims =
        [
            new()
            {
                Id = "two-point-loss",
                Statement = "A linear function over a finite field that agrees with fewer than d samples has loss 0 or exactly 1 − 1/q, found by trying all points: share of other losses.",
                Metric = "other-losses",
                Unit = "share of hypotheses",
                Baseline = "losses that spread, 1",
                Criterion = Criterion.AtMost(0, nullValue: 1),
                PaperFigure = Theorem,
            },
            new()
            {
                Id = "share-of-truth",
                Statement = "How often a uniform consistent function is the truth is E q^(rank − d), for every number of samples: the largest deviation.",
                Metric = "share-deviation",
                Unit = "largest deviation of a share",
                Baseline = "a share that is off by a half",
                Criterion = Criterion.AtMost(0.05, nullValue: 0.5),
                PaperFigure = Theorem,
            },
            new()
            {
                Id = "no-estimator",
                Statement = "With fewer than d samples no estimator that sees sample and hypothesis does better than the bound: error of the best one over the bound, mean over fields and sample sizes from 0 to d − 1.",
                Metric = "error-over-bound",
                Unit = "1",
                Baseline = "an estimator that knows the loss, 0",
                Criterion = Criterion.AtLeast(0.95, nullValue: 0),
                PaperFigure = Theorem,
            },
            new()
            {
                Id = "collapse",
                Statement = "Five samples beyond d settle the loss: the largest error of the best estimator over the fields.",
                Metric = "error-beyond-d",
                Unit = "mean error of the estimated loss",
                Baseline = "the bound for few samples and two elements, 0.25",
                Criterion = Criterion.AtMost(0.05, nullValue: 0.25),
                PaperFigure = Theorem,
            },
            new()
            {
                Id = "shattered-domain",
                Statement = "On a domain that the class shatters the best of four estimators errs in its worst world by at least (1 − n/N)/2, at n/N from 0.1 to 0.9: the least excess.",
                Metric = "least-excess",
                Unit = "mean error above the bound",
                Baseline = "an estimator that knows the loss: −0.45 at n/N = 0.1",
                Criterion = Criterion.AtLeast(-0.02, nullValue: -0.45),
                PaperFigure = Theorem,
            },
            new()
            {
                Id = "measures-agree",
                Statement = "Eight measures of trained networks are the same, within their spread over networks, where unseen labels follow a simple rule and where they are tossed: the largest difference of a measure.",
                Metric = "largest-measure-difference",
                Unit = "standard deviations over networks",
                Baseline = "a measure that tells the worlds apart by five standard deviations",
                Criterion = Criterion.AtMost(1, nullValue: 5),
                PaperFigure = Theorem,
            },
            new()
            {
                Id = "gaps-differ",
                Statement = "The true generalisation gaps of the same networks differ by more than 0.3.",
                Metric = "gap-difference",
                Unit = "difference of population error",
                Baseline = "equal gaps, 0",
                Criterion = Criterion.AtLeast(0.3, nullValue: 0),
                PaperFigure = Theorem,
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("runs", 2000, 100, 100_000, "Samples drawn for each field and sample size, and for each size of the shattered domain."),
            ParameterDeclaration.Whole("n", 96, 32, 900, "Training points of the networks, of 1,024."),
            ParameterDeclaration.Whole("networks", 16, 4, 200, "Networks in each world."),
            ParameterDeclaration.Whole("hidden", 64, 4, 1024, "Hidden neurons."),
            ParameterDeclaration.Whole("steps", 1500, 100, 20_000, "Steps of stochastic gradient descent, batches of 32."),
        ],
        Seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["steps"] = 800 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 10 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        // The networks are so small that a second thread spends more time waiting than computing.
        TorchSharp.torch.set_num_threads(1);
        MeasureFields(run);
        MeasureDomain(run);
        MeasureNetworks(run);
    }

    private static void MeasureFields(SeedRun run)
    {
        double between = 0, deviation = 0, beyond = 0;
        var ratios = new List<double>();
        foreach (var learner in LinearFunctions.Classes)
        {
            run.Progress(0.1 * learner.Order / 5, $"Linear functions over {learner.Order} elements");
            var outcome = LinearFunctions.Run(learner, run.Setting.Whole("runs"), run.Seed.Stream($"field {learner.Order}"), run.CancellationToken);
            between = Math.Max(between, outcome.Between);
            for (var n = 0; n < outcome.Errors.Length; n++)
            {
                deviation = Math.Max(deviation, Math.Abs(outcome.RightShares[n] - learner.ProbabilityOfTruth(n)));
                if (n < learner.Dimension)
                    ratios.Add(outcome.Errors[n] / learner.LeastEstimationError(n));
            }
            beyond = Math.Max(beyond, outcome.Errors[^1]);
            run.Record($"field-share-{learner.Order}", outcome.RightShares);
            run.Record($"field-error-{learner.Order}", outcome.Errors);
        }
        run.Measure("other-losses", between);
        run.Measure("share-deviation", deviation);
        run.Measure("error-over-bound", ratios.Average());
        run.Measure("least-error-over-bound", ratios.Min());
        run.Measure("error-beyond-d", beyond);
    }

    private static void MeasureDomain(SeedRun run)
    {
        run.Progress(0.3, "Shattered domain");
        var errors = ShatteredDomain.Run(run.Setting.Whole("runs"), run.Seed.Stream("domain"));
        run.Measure("least-excess", ShatteredDomain.Ratios.Select((ratio, i) => errors.Min(estimator => estimator[i]) - (1 - ratio) / 2).Min());
        for (var estimator = 0; estimator < errors.Length; estimator++)
            run.Record($"domain-{estimator}", errors[estimator]);
    }

    private static void MeasureNetworks(SeedRun run)
    {
        run.Progress(0.4, "Networks");
        var outcome = TrainedNetworks.Run(
            run.Setting.Whole("n"), run.Setting.Whole("networks"), run.Setting.Whole("hidden"), run.Setting.Whole("steps"),
            run.Seed.Stream("networks"), done => run.Progress(0.4 + 0.6 * done, "Networks"));
        run.Measure("largest-measure-difference", outcome.LargestDifference);
        run.Measure("gap-difference", outcome.GapDifference);
        run.Measure("gap-clean", outcome.Clean.Gaps.Average());
        run.Measure("gap-tossed", outcome.Tossed.Gaps.Average());
        run.Measure("largest-response", outcome.LargestResponse);
        run.Measure("training-error", Math.Max(outcome.Clean.TrainingError, outcome.Tossed.TrainingError));
        run.Measure("training-error-tossed-labels", outcome.TossedTraining.TrainingError);
        foreach (var (name, world) in new[] { ("clean", outcome.Clean), ("tossed", outcome.Tossed), ("tossed-training", outcome.TossedTraining) })
        {
            run.Record($"gaps-{name}", world.Gaps);
            for (var measure = 0; measure < TrainedNetworks.Names.Length; measure++)
                run.Record($"{TrainedNetworks.Names[measure]}-{name}", world.Measures[measure]);
        }
        for (var measure = 0; measure < TrainedNetworks.Names.Length; measure++)
            run.Measure($"difference-{TrainedNetworks.Names[measure]}", TrainedNetworks.Outcome.Difference(outcome.Clean, outcome.Tossed, measure));
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);
}
