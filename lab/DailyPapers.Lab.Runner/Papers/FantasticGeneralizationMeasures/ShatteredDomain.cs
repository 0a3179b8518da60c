using DailyPapers.Lab.Generalization.Estimability;

namespace DailyPapers.Lab.Runner.Papers.FantasticGeneralizationMeasures;

/// <summary>A domain that the class shatters (claim 5): unseen points agree with the hypothesis in one world and disagree in the other.</summary>
internal static class ShatteredDomain
{
    internal const int Points = 100;

    /// <summary>Sample sizes over domain size.</summary>
    internal static readonly double[] Ratios = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>The estimators that compete.</summary>
    internal static readonly string[] Estimators = ["training error", "cross-validation", "one half", "midpoint"];

    /// <summary>Worst-case errors, [estimator][ratio].</summary>
    internal static double[][] Run(int runs, Seed seed)
    {
        var random = seed.ToRandom();
        var errors = Estimators.Select(_ => new double[Ratios.Length]).ToArray();
        for (var ratio = 0; ratio < Ratios.Length; ratio++)
        {
            var samples = (int)Math.Round(Ratios[ratio] * Points);
            var worlds = Estimators.Select(_ => new[] { new List<(double, double)>(), new List<(double, double)>() }).ToArray();
            for (var run = 0; run < runs; run++)
            {
                // The learner keeps the sample's labels and tosses a coin elsewhere.
                var seen = Enumerable.Range(0, samples).Select(_ => random.Next(Points)).Distinct().Count();
                var unseenShare = 1 - seen / (double)Points;
                // Points held out are tossed for as well, whatever their label.
                var crossValidation = Enumerable.Range(0, seen).Average(_ => random.Next(2)) * unseenShare;
                double[] estimates = [0, crossValidation, 0.5, unseenShare / 2];
                for (var estimator = 0; estimator < estimates.Length; estimator++)
                {
                    worlds[estimator][0].Add((estimates[estimator], 0));
                    worlds[estimator][1].Add((estimates[estimator], unseenShare));
                }
            }
            for (var estimator = 0; estimator < Estimators.Length; estimator++)
                errors[estimator][ratio] = UniformTightness.WorstCaseError(worlds[estimator]);
        }
        return errors;
    }
}
