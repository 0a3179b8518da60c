using DailyPapers.Lab.Architectures.ScalingMlps;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>Test error by compute over widths and numbers of examples, each seen once (claim 4).</summary>
internal static class ComputeExperiment
{
    internal const int Blocks = 2;

    private const int LeastExamples = 1280;
    private const double Decades = 2;

    /// <summary>The widths.</summary>
    internal static readonly int[] Widths = [8, 16, 32, 64, 128];

    /// <summary>One trained network.</summary>
    /// <param name="Width">Its width.</param>
    /// <param name="Parameters">Its parameters.</param>
    /// <param name="Examples">Training examples, each seen once.</param>
    /// <param name="Compute">Multiply-adds of training: three forward passes an example, as in the authors' code.</param>
    /// <param name="Error">Share of test images that it gets wrong.</param>
    internal sealed record Point(int Width, double Parameters, double Examples, double Compute, double Error);

    internal static List<Point> Run(Training training, ExampleSplit data, double rate, Seed seed, Action<double> progress)
    {
        var points = new List<Point>();
        foreach (var width in Widths)
        {
            var options = Training.Bottleneck(Blocks, width);
            for (var examples = LeastExamples; examples <= data.X.shape[0]; examples *= 2)
            {
                var part = data.First(examples);
                var accuracy = training.Accuracy(
                    () => new InvertedBottleneckMlp(options), part.X, part.Y, part.TestX, part.TestY, rate, epochs: 1, ArchitectureExperiment.SmallBatch,
                    seed.Stream($"{width} {examples}"));
                points.Add(new(width, options.Parameters, examples, 3.0 * options.MultiplyAdds * examples, 1 - accuracy / 100));
            }
            progress((Array.IndexOf(Widths, width) + 1.0) / Widths.Length);
        }
        return points;
    }

    // #region frontier
    /// <summary>The networks that no cheaper one beats, by rising compute, over the last two decades of compute.</summary>
    internal static List<Point> Frontier(List<Point> points)
    {
        var frontier = new List<Point>();
        foreach (var point in points.OrderBy(point => point.Compute).ThenBy(point => point.Error))
        {
            if (frontier.Count == 0 || point.Error < frontier[^1].Error)
                frontier.Add(point);
        }
        var least = points.Max(point => point.Compute) / Math.Pow(10, Decades);
        return [.. frontier.Where(point => point.Compute >= least)];
    }
    // #endregion frontier

    /// <summary>The law of a quantity over compute along the frontier.</summary>
    internal static PowerLawFit Law(List<Point> frontier, Func<Point, double> quantity) =>
        PowerLawFit.Fit([.. frontier.Select(point => point.Compute)], [.. frontier.Select(quantity)]);
}
