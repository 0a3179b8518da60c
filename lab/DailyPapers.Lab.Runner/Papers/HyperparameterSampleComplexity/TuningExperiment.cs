using DailyPapers.Lab.Generalization.HyperparameterTuning;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Runner.Papers.HyperparameterSampleComplexity;

/// <summary>What m tasks, drawn from a family with replacement, say about its expected utility.</summary>
internal sealed class TuningExperiment
{
    /// <summary>Probability of failure in the theorem's guarantees.</summary>
    internal const double Delta = 0.05;

    /// <summary>m.</summary>
    internal static readonly int[] TaskCounts = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560];

    private readonly double[][] _gaps;
    private readonly double[][] _excesses;

    private TuningExperiment(int repeats)
    {
        _gaps = [.. TaskCounts.Select(_ => new double[repeats])];
        _excesses = [.. TaskCounts.Select(_ => new double[repeats])];
    }

    /// <summary>Mean over repeats of sup_α |mean utility − expected utility|, one a task count.</summary>
    internal double[] Gaps => [.. _gaps.Select(gaps => SeedStatistics.Mean(gaps))];

    /// <summary>Mean over repeats of what the α that is best on the m tasks loses in expectation.</summary>
    internal double[] Excesses => [.. _excesses.Select(losses => SeedStatistics.Mean(losses))];

    /// <summary>The slope of log gap against log m, by least squares.</summary>
    internal double GapSlope => LeastSquaresLine.Slope([.. TaskCounts.Select(count => Math.Log((double)count))], [.. Gaps.Select(gap => Math.Log(gap))]);

    /// <summary>How often the mean loss rises from one m to the next by more than two standard errors of the difference.</summary>
    internal int ExcessRises
    {
        get
        {
            var rises = 0;
            for (var i = 1; i < TaskCounts.Length; i++)
            {
                var error = Math.Sqrt((Variance(_excesses[i]) + Variance(_excesses[i - 1])) / _excesses[i].Length);
                if (Excesses[i] - Excesses[i - 1] > 2 * error + 1e-12)
                    rises++;
            }
            return rises;
        }
    }

    // #region draws
    /// <summary>Draws tasks and measures, <paramref name="repeats"/> times for every m.</summary>
    internal static TuningExperiment Run(TaskFamily family, int repeats, Seed seed, CancellationToken cancellation)
    {
        var result = new TuningExperiment(repeats);
        var best = family.Expectation.Largest;
        for (var i = 0; i < TaskCounts.Length; i++)
        {
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                cancellation.ThrowIfCancellationRequested();
                var random = seed.Stream($"{TaskCounts[i]} tasks, repeat {repeat}").ToRandom();
                PiecewiseConstant[] seen = [.. Enumerable.Range(0, TaskCounts[i]).Select(_ => family.Duals[random.Next(family.Duals.Count)])];
                var mean = PiecewiseConstant.Mean(seen);
                result._gaps[i][repeat] = mean.Minus(family.Expectation).SupNorm;
                result._excesses[i][repeat] = best - family.Expectation.At(mean.Maximiser);
            }
        }
        return result;
    }
    // #endregion draws

    /// <summary>The smallest m from which on the loss is at most <paramref name="epsilon"/> in a share 1 − δ of the repeats; infinite when none is.</summary>
    internal double TasksFor(double epsilon)
    {
        var needed = double.PositiveInfinity;
        for (var i = TaskCounts.Length - 1; i >= 0; i--)
        {
            if (_excesses[i].Count(excess => excess <= epsilon + 1e-12) < (1 - Delta) * _excesses[i].Length)
                break;
            needed = TaskCounts[i];
        }
        return needed;
    }

    /// <summary>The largest ratio, over m, of the mean gap to the theorem's bound with its constant taken as 1.</summary>
    internal double GapOverBound(int pseudoDimension) =>
        TaskCounts.Select((count, i) => Gaps[i] / SampleComplexity.UniformDeviation(1, count, Delta, pseudoDimension)).Max();

    private static double Variance(double[] values) => Math.Pow(SeedStatistics.StandardDeviation(values), 2);
}
