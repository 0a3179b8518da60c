using DailyPapers.Lab.Architectures.InfiniteWidth;
using DailyPapers.Lab.Reporting;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.TensorProgramsFeatureLearning;

/// <summary>How far the last hidden layer moves in a few steps, by width: two hidden layers, tanh, random targets (claim 1).</summary>
internal static class FeatureChange
{
    internal const int Steps = 5;

    private const int Inputs = 16;
    private const int Examples = 32;
    private const double LearningRate = 0.1;

    internal static readonly (string Name, AbcParametrization Parametrization)[] Parametrizations =
    [
        ("ntk", AbcParametrization.NeuralTangent(2)),
        ("standard", AbcParametrization.Standard(2)),
        ("mup", AbcParametrization.MaximalUpdate(2)),
    ];

    internal static int[] Widths(int largest) => [.. Enumerable.Range(6, 20).Select(power => 1 << power).TakeWhile(width => width <= largest)];

    // #region change
    /// <summary>Root mean square of x^L_t − x^L_0 over neurons and examples for each parametrization and width.</summary>
    internal static Dictionary<string, double[]> Measure(int[] widths, Seed seed, Action<double> progress)
    {
        using var scope = NewDisposeScope();
        using Scalar examples = Examples;
        using var generator = seed.Stream("data").ToGenerator();
        var inputs = randn([Examples, Inputs], dtype: float64, generator: generator);
        var targets = randint(0, 2, [Examples, 1], dtype: int64, generator: generator).to(float64) * 2 - 1;
        var changes = Parametrizations.ToDictionary(entry => entry.Name, _ => new double[widths.Length]);
        var work = widths.Sum(width => (double)Draws(width, widths[^1]) * width * width);
        var done = 0.0;
        for (var i = 0; i < widths.Length; i++)
            foreach (var (name, parametrization) in Parametrizations)
            {
                var draws = Draws(widths[i], widths[^1]);
                for (var draw = 0; draw < draws; draw++)
                {
                    using var inner = NewDisposeScope();
                    using var net = new AbcMlp(parametrization, Inputs, widths[i], 1, AbcActivation.Tanh, seed.Stream($"weights {widths[i]} {draw}"));
                    var before = net.LastHidden(inputs);
                    for (var step = 0; step < Steps; step++)
                        net.Step(inputs, outputs => (outputs - targets).div_(examples), LearningRate);
                    changes[name][i] += (net.LastHidden(inputs) - before).square().mean().item<double>() / draws;
                    done += (double)widths[i] * widths[i] / (work * Parametrizations.Length);
                    progress(done);
                }
                changes[name][i] = Math.Sqrt(changes[name][i]);
            }
        return changes;
    }
    // #endregion change

    // How far one network moves depends on its random first output, so small widths, which cost little, are drawn more often.
    private static int Draws(int width, int largest) => Math.Clamp(largest / width, 1, 8);

    /// <summary>The exponent of the width in the change, which theory says is −r.</summary>
    internal static double Exponent(int[] widths, double[] changes) =>
        LeastSquaresLine.Slope([.. widths.Select(width => Math.Log2(width))], [.. changes.Select(Math.Log2)]);
}
