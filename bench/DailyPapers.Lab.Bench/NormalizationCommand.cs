using System.CommandLine;
using System.Globalization;
using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Architectures.UnifiedNormalization;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Bench;

/// <summary>LayerNorm against unified normalization, as it is and folded into the next layers: a norm, a block, a whole model.</summary>
internal static class NormalizationCommand
{
    private const double Paper = 1.31;

    private static readonly (int Batch, int Tokens, int Dim, int Heads)[] _shapes =
        [(1, 1, 64, 4), (1, 1, 512, 8), (32, 16, 48, 4), (1, 197, 192, 3), (8, 197, 192, 3), (1, 197, 384, 6)];

    private static readonly (string Name, VisionTransformerOptions Options, int Batch)[] _models =
    [
        ("8 × 8 digits, dim 32, depth 4", new(8, 2, 32, 4, 4, 10), 1), ("8 × 8 digits, dim 32, depth 4", new(8, 2, 32, 4, 4, 10), 64),
        ("DeiT-T, 224 × 224", VisionTransformerOptions.Tiny, 1), ("DeiT-S, 224 × 224", VisionTransformerOptions.Small, 1),
    ];

    internal static Command Create()
    {
        var (rounds, seconds) = (TimingOptions.Rounds(), TimingOptions.Seconds());
        var command = new Command("normalization", "LayerNorm against unified normalization, unfolded and folded.") { rounds, seconds };
        command.SetAction(parsed => Run(Console.Out, parsed.GetRequiredValue(rounds), parsed.GetRequiredValue(seconds)));
        return command;
    }

    private static void Run(TextWriter output, int rounds, double seconds)
    {
        set_num_threads(1);
        using var thread = PinnedThread.ToLastCore();
        new Seed(1).SeedTorch();
        output.WriteLine($"Times: microseconds ({InterleavedTiming.Clock}, one thread), median. Ratios: LayerNorm's time of the same round over the other's, median [quartiles]; above 1, the other is faster.");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The paper's figure for a whole model on a GPU: about {Paper}."));
        output.WriteLine($"{Environment.NewLine}{"what",-46} {"LayerNorm",11} {"unfolded",11} {"folded",11}  {"LN/unfolded",22} {"LN/folded",22}");
        foreach (var (batch, tokens, dim, _) in _shapes)
            output.WriteLine(Row($"norm ({batch}, {tokens}, {dim})", NormalizationTiming.Norm(batch, tokens, dim, rounds, seconds), folds: false));
        foreach (var (batch, tokens, dim, heads) in _shapes)
            output.WriteLine(Row($"block ({batch}, {tokens}, {dim}), {heads} heads", NormalizationTiming.Block(batch, tokens, dim, heads, rounds, seconds), folds: true));
        foreach (var (name, options, batch) in _models)
            output.WriteLine(Row($"model: {name}, {batch} image{(batch > 1 ? "s" : "")}", NormalizationTiming.Model(options, batch, rounds, seconds), folds: true));
    }

    private static string Row(string name, InterleavedTiming timing, bool folds)
    {
        return $"{name,-46} {Time(NormalizationTiming.LayerNorms),11} {Time(NormalizationTiming.Unfolded),11} {(folds ? Time(NormalizationTiming.Folded) : "-"),11}  {Ratio(NormalizationTiming.Unfolded),22} {(folds ? Ratio(NormalizationTiming.Folded) : "-"),22}";

        string Time(int kernel) => (timing.Seconds(kernel).Median * 1e6).ToString("0.0", CultureInfo.InvariantCulture);

        string Ratio(int kernel)
        {
            var ratio = timing.Speedup(kernel, NormalizationTiming.LayerNorms);
            return string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:0.000} [{ratio.Lower:0.000}, {ratio.Upper:0.000}]");
        }
    }
}
