using DailyPapers.Lab.Optimization.AttentionSvm;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Runner.Papers.AttentionSvm;

/// <summary>Which margin direction W, and which K Qᵀ, converge to (claims 1 and 2).</summary>
internal static class ImplicitBias
{
    /// <summary>Problems on which the two margin solutions are at least this alike don't tell them apart.</summary>
    internal const double TooAlike = 0.95;

    /// <summary>Sizes and training.</summary>
    internal sealed record Setting(int Problems, int Count, int Length, int Dimension, int Steps, double StepSize, double Start);

    /// <summary>One parametrization on one problem.</summary>
    /// <param name="ToFrobenius">Correlation with the solution of least Frobenius norm for the tokens selected, by step.</param>
    /// <param name="ToNuclear">The same with the solution of least nuclear norm.</param>
    /// <param name="Alike">Correlation of the two solutions.</param>
    /// <param name="Spectrum">Singular values of the final W over their sum.</param>
    /// <param name="EffectiveRank">Of the final W.</param>
    /// <param name="LeastAttention">The least attention that a sequence pays its selected token.</param>
    /// <param name="Gap">The nuclear solution's relative duality gap.</param>
    internal sealed record Arm(double[] ToFrobenius, double[] ToNuclear, double Alike, double[] Spectrum, double EffectiveRank, double LeastAttention, double Gap)
    {
        internal bool Decides => Alike < TooAlike;

        internal bool NuclearWins => ToNuclear[^1] > ToFrobenius[^1];
    }

    /// <summary>Both parametrizations on the same problems.</summary>
    internal sealed record Outcome(Arm[] Combined, Arm[] Factored)
    {
        /// <summary>The share of problems, among those that decide, on which the nuclear solution is the nearer one.</summary>
        internal static double NuclearShare(Arm[] arms) => arms.Where(arm => arm.Decides).Select(arm => arm.NuclearWins ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();

        internal static double[] MeanCurve(Arm[] arms, Func<Arm, double[]> curve) => SeedStatistics.MeanCurve([.. arms.Select(curve)]);
    }

    /// <summary>Steps at which the direction is looked at, the tenth to the last, spaced evenly in their logarithm.</summary>
    internal static int[] Checkpoints(int steps) =>
        [.. Enumerable.Range(0, 31).Select(k => (int)Math.Round(10 * Math.Pow(steps / 10.0, k / 30.0))).Distinct()];

    internal static Outcome Run(Setting setting, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        var (combined, factored) = (new Arm[setting.Problems], new Arm[setting.Problems]);
        var steps = Checkpoints(setting.Steps);
        var done = 0;
        foreach (var chunk in Enumerable.Range(0, setting.Problems).Chunk(4))
        {
            Parallel.ForEach(chunk, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
            {
                var stream = seed.Stream($"problem {index}");
                var problem = AttentionProblem.Random(setting.Count, setting.Length, setting.Dimension, stream.Stream("data"));
                var size = setting.Dimension * setting.Dimension;
                combined[index] = Judge(problem, new CombinedWeights(DescentPath.Start(size, setting.Start, stream.Stream("W"))), setting, steps, cancellation);
                factored[index] = Judge(
                    problem,
                    new FactoredWeights(
                        DescentPath.Start(size, setting.Start, stream.Stream("K")), DescentPath.Start(size, setting.Start, stream.Stream("Q")), setting.Dimension),
                    setting, steps, cancellation);
            });
            progress((done += chunk.Length) / (double)setting.Problems);
        }
        return new(combined, factored);
    }

    // #region judge
    private static Arm Judge(AttentionProblem problem, IKeyQueryWeights weights, Setting setting, int[] steps, CancellationToken cancellation)
    {
        var path = DescentPath.Follow(problem, weights, setting.StepSize, steps, cancellation);
        // The tokens come from the converged softmax, not from the scores: descent may have settled for others than the best.
        var frobenius = AttentionMargin.Frobenius(problem, path.Selected);
        var nuclear = AttentionMargin.Nuclear(problem, path.Selected);
        var spectrum = SingularValues.Of(path.Final);
        var total = spectrum.Sum();
        var nowhere = path.Snapshots.Select(_ => double.NaN).ToArray();
        return new(
            frobenius is null ? nowhere : path.Correlations(frobenius),
            nuclear is null ? nowhere : path.Correlations(nuclear.Matrix),
            frobenius is null || nuclear is null ? double.NaN : AttentionMargin.Correlation(frobenius, nuclear.Matrix),
            [.. spectrum.Select(value => value / total)], SingularValues.EffectiveRank(path.Final), path.LeastAttention,
            nuclear is null ? double.NaN : 1 - nuclear.LowerBound / nuclear.Norm);
    }
    // #endregion judge
}
