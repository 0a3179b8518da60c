using System.CommandLine;
using DailyPapers.Lab.Architectures.KolmogorovArnold;
using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Bench.Rational;

/// <summary><c>rational</c>: the fused rational activation against composed tensor operations, and layers with either against a B-spline layer.</summary>
internal static class RationalCommand
{
    internal static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "The most rounds a comparison gets.", DefaultValueFactory = _ => 101 };
        var seconds = new Option<double>("--seconds") { Description = "Wall time of a comparison's rounds.", DefaultValueFactory = _ => 5 };
        var command = new Command("rational", "Times fused rational activations against composed ones, and layers of both against B-splines.") { rounds, seconds };
        command.SetAction(parsed => Run(Console.Out, parsed.GetRequiredValue(rounds), parsed.GetRequiredValue(seconds)));
        return command;
    }

    private static void Run(TextWriter output, int rounds, double seconds)
    {
        set_num_threads(1);
        using var thread = PinnedThread.ToLastCore();
        new Seed(1).SeedTorch();
        output.WriteLine($"Milliseconds ({InterleavedTiming.Clock}, one thread), medians. Ratios: time over that of the first column in the same round, median [quartiles].");
        foreach (var training in new[] { false, true })
        {
            output.WriteLine($"{Environment.NewLine}Activation, {(training ? "forward and backward" : "forward only")}: fused, composed");
            foreach (var (rows, channels) in new[] { (64, 64), (2048, 64), (2048, 256), (16384, 256), (3200, 768) })
            {
                foreach (var type in new[] { float32, float64 })
                {
                    Compare(
                        output, $"({rows}, {channels}) {type}", rows, channels, type, training, rounds, seconds,
                        new RationalActivation(channels, dtype: type), new RationalActivation(channels, fused: false, dtype: type));
                }
            }
            output.WriteLine($"{Environment.NewLine}Layer, {(training ? "forward and backward" : "forward only")}: fused GR-KAN, composed GR-KAN, B-spline KAN (G = 5, k = 3), GELU and linear");
            foreach (var (rows, inputs, outputs) in new[] { (2048, 64, 256), (2048, 256, 64), (3136, 192, 768) })
            {
                Compare(
                    output, $"({rows}, {inputs} → {outputs})", rows, inputs, float32, training, rounds, seconds,
                    new GroupRationalKanLayer(inputs, outputs), new GroupRationalKanLayer(inputs, outputs, fused: false), new BSplineKanLayer(inputs, outputs),
                    nn.Sequential(nn.GELU(), nn.Linear(inputs, outputs)));
            }
        }
    }

    private static void Compare(
        TextWriter output, string name, int rows, int channels, ScalarType type, bool training, int rounds, double seconds, params Layer[] layers)
    {
        using var scope = NewDisposeScope();
        var input = randn(rows, channels, dtype: type);
        using var shape = layers[0].call(input);
        var gradient = randn_like(shape);
        input.requires_grad = training;
        var timing = InterleavedTiming.Measure([.. layers.Select(layer => (Action)(() => Pass(layer)))], rounds, seconds);
        var times = string.Join(' ', layers.Select((_, i) => FormattableString.Invariant($"{1000 * timing.Seconds(i).Median,9:0.0000}")));
        var ratios = string.Join("  ", layers.Skip(1).Select((_, i) => Ratio(timing.Speedup(0, i + 1))));
        output.WriteLine($"{name,-28} {times}   {ratios}");
        foreach (var layer in layers)
            layer.Dispose();

        void Pass(Layer layer)
        {
            using var pass = NewDisposeScope();
            if (training)
                layer.call(input).backward([gradient]);
            else
            {
                using var inference = no_grad();
                layer.call(input);
            }
        }
    }

    private static string Ratio(Quartiles of) => FormattableString.Invariant($"{of.Median:0.00} [{of.Lower:0.00}, {of.Upper:0.00}]");
}
