using DailyPapers.Lab.Architectures.InfiniteWidth;
using DailyPapers.Lab.Reporting;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.TensorProgramsFeatureLearning;

/// <summary>How near trained linear networks of finite width come to µP's exact limit (claim 2).</summary>
internal static class LimitConvergence
{
    internal const int Steps = 50;

    private const int Inputs = 10;
    private const int Outputs = 3;
    private const int Examples = 40;
    private const double LearningRate = 0.05;

    // The NTK networks may choose their learning rate among these multiples.
    private static readonly double[] _factors = [0.25, 0.5, 1, 2, 4];

    /// <param name="MaximalUpdate">Distance of µP networks by width.</param>
    /// <param name="NeuralTangent">Distance of NTK-parametrized networks at the learning rate that suits them best.</param>
    /// <param name="LossFall">The limit's loss after training over the one before.</param>
    internal sealed record Outcome(double[] MaximalUpdate, double[] NeuralTangent, double LossFall);

    internal static int[] Widths(int largest) => [.. Enumerable.Range(4, 20).Select(power => 1 << power).TakeWhile(width => width <= largest)];

    // #region distance
    /// <summary>The largest distance over examples and outputs between f_n − f_(n,0) and the limit, both trained on the same data.</summary>
    /// <remarks>Every network is trained as f − f_0, so that NTK networks are not held to account for their random start.</remarks>
    internal static Outcome Measure(int[] widths, Seed seed, Action<double> progress)
    {
        using var scope = NewDisposeScope();
        using Scalar examples = Examples;
        using var generator = seed.Stream("data").ToGenerator();
        var inputs = randn([Examples, Inputs], dtype: float64, generator: generator);
        var targets = randn([Examples, Outputs], dtype: float64, generator: generator);
        using var limit = LinearFeatureNet.Limit(Inputs, Outputs);
        for (var step = 0; step < Steps; step++)
            limit.Step(inputs, (limit.Forward(inputs) - targets).div_(examples), LearningRate);
        var goal = limit.Forward(inputs);
        var (mup, ntk) = (new double[widths.Length], new double[widths.Length]);
        for (var i = 0; i < widths.Length; i++)
        {
            var weights = seed.Stream($"weights {widths[i]}");
            mup[i] = Distance(AbcParametrization.MaximalUpdate(1), 1);
            ntk[i] = _factors.Min(factor => Distance(AbcParametrization.NeuralTangent(1), factor));
            progress((i + 1.0) / widths.Length);

            double Distance(AbcParametrization parametrization, double factor)
            {
                using var inner = NewDisposeScope();
                using var net = new AbcMlp(parametrization, Inputs, widths[i], Outputs, AbcActivation.Identity, weights);
                var start = net.Forward(inputs);
                for (var step = 0; step < Steps; step++)
                    net.Step(inputs, outputs => (outputs - start - targets).div_(examples), factor * LearningRate);
                return (net.Forward(inputs) - start - goal).abs().max().item<double>();
            }
        }
        return new(mup, ntk, ((goal - targets).square().mean() / targets.square().mean()).item<double>());
    }
    // #endregion distance

    internal static double Exponent(int[] widths, double[] distances) =>
        LeastSquaresLine.Slope([.. widths.Select(width => Math.Log2(width))], [.. distances.Select(Math.Log2)]);
}
