using DailyPapers.Lab.Architectures.StripMlp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.StripMlp;

/// <summary>What holds by construction, measured: who sees whom, and what a step without groups and neighbours is.</summary>
internal static class ExactChecks
{
    internal const int Side = 14;

    private const int Channels = 8;
    private const int Examples = 16;

    /// <summary>Where the middle of the map depends on the input of one untrained module, as the share of places and as gradients, row by row.</summary>
    internal static (double Share, double[] Field) Coverage(bool cascade, Seed seed)
    {
        using var scope = NewDisposeScope();
        seed.Stream("module").SeedTorch();
        var module = new CascadeGroupStripMixing(Channels, Side, patches: 4, cascade: cascade, dtype: float64);
        // Batch statistics would let every position see all others.
        module.eval();
        using var generator = seed.Stream("input").ToGenerator();
        var field = EffectiveReceptiveField.Compute(module.call, randn([Examples, Channels, Side, Side], dtype: float64, generator: generator));
        double[] values = [.. field.Cast<double>()];
        return (values.Count(value => value > 0) / (double)values.Length, values);
    }

    /// <summary>The largest difference between a row step with kernels of one in one group and the same linear map applied to every row.</summary>
    internal static double LinearDifference(Seed seed)
    {
        using var scope = NewDisposeScope();
        seed.Stream("strip").SeedTorch();
        var strip = new StripMixing(groupChannels: 1, patches: Channels, Side, StripAxis.Row, neighbors: 0, dtype: float64);
        using var generator = seed.Stream("rows").ToGenerator();
        var input = randn([Examples, Channels, Side, Side], dtype: float64, generator: generator);
        var mapped = nn.functional.linear(input, strip.Map.weight.view(Side, Side), strip.Map.bias);
        return (strip.call(input) - mapped).abs().max().item<double>();
    }
}
