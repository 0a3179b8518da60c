using System.CommandLine;
using System.Globalization;
using DailyPapers.Lab.Architectures.WideNet;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Bench;

/// <summary>A mixture of experts that gathers tokens by expert, against evaluating every expert on every token.</summary>
internal static class MoeCommand
{
    private static readonly (int Tokens, int Dim, int Experts, int K)[] _shapes =
        [(512, 48, 4, 2), (512, 48, 8, 2), (512, 256, 4, 1), (512, 256, 4, 2), (512, 256, 8, 2), (512, 256, 16, 2), (64, 256, 8, 2)];

    internal static Command Create()
    {
        var (rounds, seconds) = (TimingOptions.Rounds(), TimingOptions.Seconds());
        var command = new Command("moe", "Experts on gathered tokens against every expert on every token.") { rounds, seconds };
        command.SetAction(parsed => Run(Console.Out, parsed.GetRequiredValue(rounds), parsed.GetRequiredValue(seconds)));
        return command;
    }

    private static void Run(TextWriter output, int rounds, double seconds)
    {
        set_num_threads(1);
        using var thread = PinnedThread.ToLastCore();
        new Seed(1).SeedTorch();
        output.WriteLine($"Times: microseconds ({InterleavedTiming.Clock}, one thread), median. Ratios: the dense time of the same round over the gathered one's, median [quartiles]. The work's ratio is E/k.");
        output.WriteLine($"{Environment.NewLine}{"tokens, dim, E, k, pass",-34} {"dense",11} {"gathered",11}  {"dense/gathered",22} {"E/k",6} {"difference",11}");
        foreach (var (tokens, dim, experts, k) in _shapes)
        {
            using var mixture = new MixtureOfExperts(dim, 4 * dim, experts, k, capacityFactor: null, noiseStd: 0);
            using var input = randn(tokens, dim);
            input.requires_grad_();
            mixture.eval();
            var difference = Difference(mixture, input);
            output.WriteLine(Row($"{tokens}, {dim}, {experts}, {k}, forward", InterleavedTiming.Measure([() => Forward(mixture.Dense), () => Forward(mixture.call)], rounds, seconds), experts / (double)k, difference));
            output.WriteLine(Row($"{tokens}, {dim}, {experts}, {k}, and backward", InterleavedTiming.Measure([() => Backward(mixture.Dense), () => Backward(mixture.call)], rounds, seconds), experts / (double)k, difference));

            void Forward(Func<Tensor, Tensor> apply)
            {
                using var inference = no_grad();
                apply(input).Dispose();
            }

            void Backward(Func<Tensor, Tensor> apply)
            {
                using var result = apply(input);
                using var sum = result.sum();
                sum.backward();
            }
        }
    }

    private static double Difference(MixtureOfExperts mixture, Tensor input)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        return (mixture.Dense(input) - mixture.call(input)).abs().max().item<float>();
    }

    private static string Row(string name, InterleavedTiming timing, double work, double difference)
    {
        var ratio = timing.Speedup(1, 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-34} {timing.Seconds(0).Median * 1e6,11:0.0} {timing.Seconds(1).Median * 1e6,11:0.0}  {$"{ratio.Median:0.00} [{ratio.Lower:0.00}, {ratio.Upper:0.00}]",22} {work,6:0.0} {difference,11:0.0e+0}");
    }
}
