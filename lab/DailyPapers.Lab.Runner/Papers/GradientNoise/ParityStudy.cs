using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Optimization.GradientNoise;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.GradientNoise;

/// <summary>
/// Small recurrent networks learn the parity of a string of bits from examples: most restarts stay at a coin's accuracy for long, then
/// solve the task at once. Restarts without and with noise have the same weights at the start and read the same strings.
/// </summary>
internal static class ParityStudy
{
    internal const int Points = 20;

    /// <summary>A network that gets more than this share of all strings right has solved the task.</summary>
    internal const double Solved = 0.99;

    private const int BatchSize = 32;
    private const double ClipNorm = 1;

    internal sealed record Setting(int Restarts, int Bits, int Hidden, int Steps, double StepSize, double Eta, double Gamma);

    /// <summary>Final accuracies over all strings, and the solved share over training, without noise and with it.</summary>
    internal sealed record Outcome(double[] Plain, double[] Noisy, double[] PlainSolved, double[] NoisySolved);

    internal static Outcome Run(Setting setting, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        var restarts = setting.Restarts;
        using var scope = NewDisposeScope();
        using var networks = new ElmanEnsemble(2 * restarts, setting.Hidden, seed.Stream("weights"));
        foreach (var parameter in networks.Parameters)
            parameter.narrow(0, restarts, restarts).copy_(parameter.narrow(0, 0, restarts));
        var (strings, parities) = AllStrings(setting.Bits);
        var noise = new AnnealedGradientNoise(setting.Eta, setting.Gamma);
        using var generator = seed.Stream("noise").ToGenerator();
        var random = seed.Stream("strings").ToRandom();
        var (plain, noisy) = (new double[Points + 1], new double[Points + 1]);
        var accuracies = Look(0);
        for (var (step, point) = (0, 1); point <= Points; point++)
        {
            for (; step < (int)((long)setting.Steps * point / Points); step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var drawn = new long[restarts * BatchSize];
                for (var i = 0; i < drawn.Length; i++)
                    drawn[i] = random.Next(1 << setting.Bits);
                var rows = tensor(drawn);
                var inputs = strings.index_select(0, rows).reshape(restarts, BatchSize, -1);
                var labels = parities.index_select(0, rows).reshape(restarts, BatchSize);
                networks.Step(cat([inputs, inputs], 0), cat([labels, labels], 0), setting.StepSize, gradients =>
                {
                    MemberClipping.ByNorm(gradients, ClipNorm);
                    foreach (var gradient in gradients)
                        noise.AddTo(gradient.narrow(0, restarts, restarts), step, generator);
                });
            }
            accuracies = Look(point);
            progress(point / (double)Points);
        }
        return new(accuracies[..restarts], accuracies[restarts..], plain, noisy);

        double[] Look(int point)
        {
            using var inner = NewDisposeScope();
            var right = networks.Logits(strings).ge(0).eq(parities.gt(0.5));
            double[] shares = [.. right.to(float32).mean([1L]).data<float>().ToArray().Select(share => (double)share)];
            plain[point] = shares.Take(restarts).Count(share => share > Solved) / (double)restarts;
            noisy[point] = shares.Skip(restarts).Count(share => share > Solved) / (double)restarts;
            return shares;
        }
    }

    // All strings of ±1, (2^n, n), and whether the number of +1 is odd, (2^n).
    private static (Tensor Strings, Tensor Parities) AllStrings(int bits)
    {
        var strings = new float[(1 << bits) * bits];
        var parities = new float[1 << bits];
        for (var s = 0; s < parities.Length; s++)
        {
            for (var bit = 0; bit < bits; bit++)
                strings[s * bits + bit] = (s >> bit & 1) * 2 - 1;
            parities[s] = System.Numerics.BitOperations.PopCount((uint)s) & 1;
        }
        return (tensor(strings).reshape(parities.Length, bits), tensor(parities));
    }
}
