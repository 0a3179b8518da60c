using DailyPapers.Lab.Generalization.Estimability;

namespace DailyPapers.Lab.Runner.Papers.FantasticGeneralizationMeasures;

/// <summary>Linear functions over finite fields (claims 1 to 4): the loss is 0 or 1 − 1/q, and sample and hypothesis don't tell which.</summary>
internal static class LinearFunctions
{
    /// <summary>Fields and dimensions.</summary>
    internal static readonly FiniteFieldLinearLearner[] Classes = [new(2, 12), new(3, 8), new(5, 6)];

    /// <summary>Additional samples beyond d at which the loss must be settled.</summary>
    internal const int Few = 5;

    /// <summary>What one field's runs gave, by number of samples from 0 to d + 5.</summary>
    /// <param name="Between">Share of enumerated losses other than 0 and 1 − 1/q.</param>
    /// <param name="RightShares">Share of uniform consistent functions that are the truth.</param>
    /// <param name="Errors">Mean error of the best estimator over both worlds.</param>
    internal sealed record Outcome(double Between, double[] RightShares, double[] Errors);

    /// <summary>Runs one field.</summary>
    internal static Outcome Run(FiniteFieldLinearLearner learner, int runs, Seed seed, CancellationToken cancellation)
    {
        var random = seed.ToRandom();
        var sizes = learner.Dimension + Few + 1;
        var (shares, errors) = (new double[sizes], new double[sizes]);
        var between = 0;
        for (var n = 0; n < sizes; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            var seen = new List<(int Features, double Loss)>();
            for (var run = 0; run < runs; run++)
            {
                var truth = learner.Draw(random);
                var points = Enumerable.Range(0, n).Select(_ => learner.Draw(random)).ToArray();
                var (other, rank) = learner.DrawConsistent(points, [.. points.Select(point => learner.Evaluate(truth, point))], random);
                shares[n] += other.AsSpan().SequenceEqual(truth) ? 1.0 / runs : 0;
                // Two learners that agree with the sample: one favours the truth, the other favours some other function.
                foreach (var hypothesis in new[] { truth, other })
                    seen.Add((rank * 100 + hypothesis.Count(value => value == 0), learner.Loss(hypothesis, truth)));
                // The first hypotheses are tried on every point there is.
                if (n == learner.Dimension / 2 && run < 20 && Math.Abs(Enumerate(learner, other, truth) - learner.Loss(other, truth)) > 1e-9)
                    between++;
            }
            errors[n] = BestError(seen);
        }
        return new(between / 20.0, shares, errors);
    }

    // The better of two estimators that are fitted to half of the runs and measured on the other: the best constant, and the median
    // loss among runs with the same rank and as many zero coefficients.
    private static double BestError(List<(int Features, double Loss)> seen)
    {
        var half = seen.Count / 2;
        var (fit, rest) = (seen.Take(half).ToList(), seen.Skip(half).ToList());
        var constant = Median(fit.Select(pair => pair.Loss));
        var medians = fit.GroupBy(pair => pair.Features).ToDictionary(group => group.Key, group => Median(group.Select(pair => pair.Loss)));
        return Math.Min(
            rest.Average(pair => Math.Abs(constant - pair.Loss)),
            rest.Average(pair => Math.Abs(medians.GetValueOrDefault(pair.Features, constant) - pair.Loss)));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static double Enumerate(FiniteFieldLinearLearner learner, int[] one, int[] other)
    {
        var points = (int)Math.Pow(learner.Order, learner.Dimension);
        var point = new int[learner.Dimension];
        var wrong = 0;
        for (var code = 0; code < points; code++)
        {
            for (int i = 0, rest = code; i < point.Length; i++, rest /= learner.Order)
                point[i] = rest % learner.Order;
            wrong += learner.Evaluate(one, point) == learner.Evaluate(other, point) ? 0 : 1;
        }
        return wrong / (double)points;
    }
}
