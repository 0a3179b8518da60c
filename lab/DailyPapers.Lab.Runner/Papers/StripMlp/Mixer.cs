using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.StripMlp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.StripMlp;

/// <summary>A way to mix tokens in a pyramid of two stages: the paper's in some stages, row and column mixing in the others.</summary>
/// <param name="Name">What series and figures call it.</param>
/// <param name="Strip">For each of the two stages, the paper's pieces; null for row and column mixing.</param>
internal sealed record Mixer(string Name, params StripMixingOptions?[] Strip)
{
    internal static Mixer Full { get; } = new("strip", new StripMixingOptions(), new StripMixingOptions());

    internal static Mixer RowColumn { get; } = new("row-column", null, null);

    internal static Mixer NoNeighbours { get; } = new("no-neighbours", new StripMixingOptions(Neighbors: 0), new StripMixingOptions(Neighbors: 0));

    internal static Mixer Parallel { get; } = new("parallel", new StripMixingOptions(Cascade: false), new StripMixingOptions(Cascade: false));

    internal static Mixer NoLocal { get; } = new("no-local", new StripMixingOptions(Local: false), new StripMixingOptions(Local: false));

    /// <summary>The paper's mixing only where the map is large (8 × 8).</summary>
    internal static Mixer OnlyLargeMap { get; } = new("only-large-map", new StripMixingOptions(), null);

    /// <summary>The paper's mixing only where the map is small (4 × 4).</summary>
    internal static Mixer OnlySmallMap { get; } = new("only-small-map", null, new StripMixingOptions());

    internal static IReadOnlyList<Mixer> All { get; } = [Full, RowColumn, NoNeighbours, Parallel, NoLocal, OnlyLargeMap, OnlySmallMap];

    /// <summary>A network whose channel mixing is as wide as makes its parameters equal those of the full method.</summary>
    // #region matched
    internal StripMlpNet Build(int width)
    {
        var config = new StripMlpConfig(ImageTask.Side, Patch: 2, width, [1, 1], ImageTask.Classes, Channels: 1);
        if (this == Full)
            return Network(config, config.Alpha);
        var target = Parameters(Full, config, config.Alpha);
        // Parameters are linear in the width of the hidden layers, up to rounding.
        var (one, two) = (Parameters(this, config, 1), Parameters(this, config, 2));
        return Network(config, 1 + (target - one) / (double)(two - one));
    }
    // #endregion matched

    private static long Parameters(Mixer mixer, StripMlpConfig config, double alpha)
    {
        using var network = mixer.Network(config, alpha, META);
        return ModelCost.Parameters(network);
    }

    private StripMlpNet Network(StripMlpConfig config, double alpha, Device? device = null) => new(
        config,
        (stage, channels, side) =>
        {
            var hidden = (long)Math.Round(alpha * channels);
            return Strip[stage] is { } options
                ? MixingBlock.StripMlp(channels, side, hidden, options, config.DropPath, device)
                : MixingBlock.SparseMlp(channels, side, hidden, config.DropPath, device);
        },
        device);
}
