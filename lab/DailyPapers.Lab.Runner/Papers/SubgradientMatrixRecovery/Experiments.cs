namespace DailyPapers.Lab.Runner.Papers.SubgradientMatrixRecovery;

/// <summary>The four experiments. Each draws its data from its own streams, the same for every width and loss.</summary>
internal sealed class Experiments(int dimension, int rank, double condition, Recovery.Schedule schedule, Seed seed, CancellationToken cancellation)
{
    /// <summary>A recovery with at most this relative error is a success.</summary>
    internal const double Success = 0.01;

    /// <summary>Shares of outliers in claims 1 and 2.</summary>
    internal static readonly double[] Shares = [0.1, 0.3];

    /// <summary>Standard deviations of outliers in the same claims, in those of clean measurements.</summary>
    internal static readonly double[] Magnitudes = [10, 1000];

    /// <summary>Sizes α of the start.</summary>
    internal static readonly double[] Starts = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6];

    /// <summary>The range of <see cref="Starts"/> that the exponent is fitted on.</summary>
    internal static readonly Range Fitted = 4..9;

    /// <summary>m / (dr) in the claim about samples.</summary>
    internal static readonly double[] SampleRatios = [1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8];

    /// <summary>m / (dr) and outliers' shares of the phase diagram.</summary>
    internal static readonly double[] DiagramRatios = [1, 2, 4, 6, 8, 12];
    internal static readonly double[] DiagramShares = [0, 0.1, 0.2, 0.3, 0.4];

    /// <summary>d, r and m / (dr) of the claim about Gaussian noise.</summary>
    internal static readonly (int Dimension, int Rank, int Ratio)[] NoiseSizes =
        [.. from d in new[] { 12, 24 } from r in new[] { 1, 3 } from ratio in new[] { 8, 16, 32 } select (d, r, ratio)];

    private readonly ParallelOptions _parallel = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>r, 2r and d.</summary>
    internal int[] Widths => [rank, Math.Min(2 * rank, dimension), dimension];

    /// <summary>Errors of the worst case of the subgradient method and of the best case of squared loss, and curves of the hardest case by width.</summary>
    internal (double Worst, double BestSquared, double CleanSquared, double[][] Curves) Outliers(int measurements)
    {
        var recovery = new Recovery(dimension, rank, condition, measurements, seed.Stream("outliers"));
        var cases = (from share in Shares from magnitude in Magnitudes from width in Widths select (Share: share, Magnitude: magnitude, Width: width)).ToArray();
        var (absolute, squared) = (new double[cases.Length][], new double[cases.Length]);
        Parallel.For(0, cases.Length, _parallel, k =>
        {
            var values = recovery.WithOutliers(cases[k].Share, cases[k].Magnitude, seed);
            absolute[k] = recovery.Subgradient(values, cases[k].Width, schedule, cancellation);
            squared[k] = recovery.BestSquared(values, cases[k].Width, schedule, cancellation);
        });
        var clean = recovery.BestSquared(recovery.WithOutliers(0, 1, seed), dimension, schedule, cancellation);
        return (absolute.Max(errors => errors[^1]), squared.Min(), clean, absolute[^Widths.Length..]);
    }

    /// <summary>Final errors by α for widths d and r, with a tenth of outliers of magnitude 10.</summary>
    internal (double[] Wide, double[] Exact) BySize(int measurements)
    {
        var recovery = new Recovery(dimension, rank, condition, measurements, seed.Stream("sizes"));
        var values = recovery.WithOutliers(0.1, 10, seed.Stream("sizes"));
        var (wide, exact) = (new double[Starts.Length], new double[Starts.Length]);
        Parallel.For(0, Starts.Length, _parallel, k =>
        {
            wide[k] = recovery.Subgradient(values, dimension, schedule with { Start = Starts[k] }, cancellation)[^1];
            exact[k] = recovery.Subgradient(values, rank, schedule with { Start = Starts[k] }, cancellation)[^1];
        });
        return (wide, exact);
    }

    /// <summary>Shares of successes by m / (dr) for widths r and d on the same data, with a tenth of outliers of magnitude 10.</summary>
    internal (double[] Exact, double[] Wide) BySamples(int trials)
    {
        var (exact, wide) = (new double[SampleRatios.Length], new double[SampleRatios.Length]);
        for (var place = 0; place < SampleRatios.Length; place++)
        {
            var outcomes = new (bool Exact, bool Wide)[trials];
            var (measurements, stream) = (Measurements(SampleRatios[place]), seed.Stream($"samples {SampleRatios[place]}"));
            Parallel.For(0, trials, _parallel, trial =>
            {
                var own = stream.Stream($"trial {trial}");
                var recovery = new Recovery(dimension, rank, condition, measurements, own);
                var values = recovery.WithOutliers(0.1, 10, own);
                outcomes[trial] = (
                    recovery.Subgradient(values, rank, schedule, cancellation)[^1] <= Success,
                    recovery.Subgradient(values, dimension, schedule, cancellation)[^1] <= Success);
            });
            exact[place] = outcomes.Count(outcome => outcome.Exact) / (double)trials;
            wide[place] = outcomes.Count(outcome => outcome.Wide) / (double)trials;
        }
        return (exact, wide);
    }

    // #region needed
    /// <summary>
    /// The m / (dr) from which at least 90 % succeed: where the line between the last ratio below 90 % and the next one crosses it. NaN when
    /// the last ratio is below.
    /// </summary>
    internal static double Needed(double[] successes)
    {
        const double level = 0.9;
        var last = Array.FindLastIndex(successes, share => share < level);
        if (last < 0)
            return SampleRatios[0];
        if (last == successes.Length - 1)
            return double.NaN;
        var fraction = (level - successes[last]) / (successes[last + 1] - successes[last]);
        return SampleRatios[last] + fraction * (SampleRatios[last + 1] - SampleRatios[last]);
    }
    // #endregion needed

    /// <summary>Shares of successes at width d, by share of outliers (rows) and m / (dr) (columns), row-major.</summary>
    internal double[] Diagram(int trials)
    {
        var successes = new int[DiagramShares.Length * DiagramRatios.Length];
        Parallel.For(0, successes.Length * trials, _parallel, job =>
        {
            var (cell, own) = (job / trials, seed.Stream($"diagram {job}"));
            var recovery = new Recovery(dimension, rank, condition, Measurements(DiagramRatios[cell % DiagramRatios.Length]), own);
            var values = recovery.WithOutliers(DiagramShares[cell / DiagramRatios.Length], 10, own);
            if (recovery.Subgradient(values, dimension, schedule, cancellation)[^1] <= Success)
                Interlocked.Increment(ref successes[cell]);
        });
        return [.. successes.Select(count => (double)count / trials)];
    }

    /// <summary>Final errors under Gaussian noise, by <see cref="NoiseSizes"/>, for widths d and r; truths have equal eigenvalues.</summary>
    internal (double[] Wide, double[] Exact) Noise(double deviation)
    {
        var (wide, exact) = (new double[NoiseSizes.Length], new double[NoiseSizes.Length]);
        Parallel.For(0, NoiseSizes.Length, _parallel, k =>
        {
            var (d, r, ratio) = NoiseSizes[k];
            var own = seed.Stream($"noise {d} {r} {ratio}");
            var recovery = new Recovery(d, r, 1, ratio * d * r, own);
            var values = recovery.WithNoise(deviation, own);
            wide[k] = recovery.Subgradient(values, d, schedule, cancellation)[^1];
            exact[k] = recovery.Subgradient(values, r, schedule, cancellation)[^1];
        });
        return (wide, exact);
    }

    private int Measurements(double ratio) => (int)Math.Round(ratio * dimension * rank);
}
