using DailyPapers.Lab.Optimization.AttentionSvm;

namespace DailyPapers.Lab.Runner.Papers.AttentionSvm;

/// <summary>What one training by normalised gradient descent did: directions on the way, and what attention selects in the end.</summary>
internal sealed record DescentPath(double[][] Snapshots, int[] Selected, double LeastAttention)
{
    /// <summary>W after the last step.</summary>
    internal double[] Final => Snapshots[^1];

    /// <summary>Trains and keeps W after each of the given steps, which ascend.</summary>
    internal static DescentPath Follow(AttentionProblem problem, IKeyQueryWeights weights, double stepSize, IReadOnlyList<int> steps, CancellationToken cancellation)
    {
        var snapshots = new double[steps.Count][];
        var taken = 0;
        for (var k = 0; k < steps.Count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (; taken < steps[k]; taken++)
                weights.Step(problem, stepSize);
            snapshots[k] = (double[])weights.Combined.Clone();
        }
        var (selected, least) = SoftmaxAttention.Selection(problem, weights.Combined);
        return new(snapshots, selected, least);
    }

    /// <summary>The correlation of W with a direction after each of the steps.</summary>
    internal double[] Correlations(double[] direction) => [.. Snapshots.Select(weights => AttentionMargin.Correlation(weights, direction))];

    /// <summary>Small Gaussian weights to start from.</summary>
    internal static double[] Start(int count, double scale, Seed seed)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var generator = seed.ToGenerator();
        return [.. (TorchSharp.torch.randn(count, dtype: TorchSharp.torch.float64, generator: generator) * scale).data<double>()];
    }
}
