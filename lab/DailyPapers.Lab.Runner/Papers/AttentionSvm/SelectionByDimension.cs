using DailyPapers.Lab.Optimization.AttentionSvm;

namespace DailyPapers.Lab.Runner.Papers.AttentionSvm;

/// <summary>How often descent selects the best tokens, and how often they can be separated at all, by dimension (claims 3 and 4).</summary>
internal static class SelectionByDimension
{
    /// <summary>n = T of these problems.</summary>
    internal const int Size = 6;

    /// <summary>Dimensions in which W is trained.</summary>
    internal static readonly int[] Trained = [2, 4, 8, 16, 32];

    /// <summary>Dimensions in which the support vector machine is tried.</summary>
    internal static readonly int[] Tried = [1, 2, 3, 4, 5, 6, 8, 16, 32];

    /// <summary>A direction correlated this well with the margin solution counts as that solution's.</summary>
    internal const double Converged = 0.95;

    /// <summary>What became of one training.</summary>
    /// <param name="Global">Whether every sequence selects its best token.</param>
    /// <param name="Correlation">With the margin solution of the tokens selected; NaN when nothing separates them.</param>
    /// <param name="ToGlobal">With the margin solution of the best tokens; NaN when nothing separates them.</param>
    /// <param name="LocallyOptimal">Whether the tokens selected are locally optimal.</param>
    internal sealed record Trial(bool Global, double Correlation, double ToGlobal, bool LocallyOptimal)
    {
        /// <summary>Whether another than the best selection was reached, in the direction that the theory predicts for it.</summary>
        internal bool Local => !Global && Correlation > Converged;
    }

    /// <summary>Trials by trained dimension, and shares of separable problems by tried dimension: of best and of random tokens.</summary>
    internal sealed record Outcome(Trial[][] Trials, double[] SeparableBest, double[] SeparableRandom)
    {
        internal double[] Shares(Func<Trial, bool> which) => [.. Trials.Select(trials => trials.Average(trial => which(trial) ? 1.0 : 0))];
    }

    internal static Outcome Run(int trials, int steps, double stepSize, double start, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        var results = Trained.Select(_ => new Trial[trials]).ToArray();
        var (best, random) = (new double[Tried.Length], new double[Tried.Length]);
        for (var place = 0; place < Tried.Length; place++)
        {
            var dimension = Tried[place];
            var trained = Array.IndexOf(Trained, dimension);
            var (bestSeparable, randomSeparable) = (0, 0);
            foreach (var chunk in Enumerable.Range(0, trials).Chunk(10))
            {
                Parallel.ForEach(chunk, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
                {
                    var stream = seed.Stream($"dimension {dimension} trial {index}");
                    var problem = AttentionProblem.Random(Size, Size, dimension, stream.Stream("data"));
                    var global = AttentionMargin.Frobenius(problem, problem.OptimalTokens());
                    var others = stream.Stream("tokens").ToRandom();
                    if (global is not null)
                        Interlocked.Increment(ref bestSeparable);
                    if (AttentionMargin.Frobenius(problem, [.. Enumerable.Range(0, Size).Select(_ => others.Next(Size))]) is not null)
                        Interlocked.Increment(ref randomSeparable);
                    if (trained >= 0)
                        results[trained][index] = Train(
                            problem, global, new CombinedWeights(DescentPath.Start(dimension * dimension, start, stream.Stream("W"))), steps, stepSize, cancellation);
                });
                progress((place + (chunk[^1] + 1.0) / trials) / Tried.Length);
            }
            (best[place], random[place]) = ((double)bestSeparable / trials, (double)randomSeparable / trials);
        }
        return new(results, best, random);
    }

    private static Trial Train(AttentionProblem problem, double[]? global, CombinedWeights weights, int steps, double stepSize, CancellationToken cancellation)
    {
        var path = DescentPath.Follow(problem, weights, stepSize, [steps], cancellation);
        var solution = AttentionMargin.Frobenius(problem, path.Selected);
        return new(
            path.Selected.SequenceEqual(problem.OptimalTokens()),
            solution is null ? double.NaN : AttentionMargin.Correlation(path.Final, solution),
            global is null ? double.NaN : AttentionMargin.Correlation(path.Final, global),
            solution is not null && AttentionMargin.IsLocallyOptimal(problem, path.Selected));
    }
}
