using DailyPapers.Lab.Architectures.UnifiedNormalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.UnifiedNormalization;

/// <summary>One way to normalise, in an otherwise equal transformer.</summary>
/// <param name="Name">As in metrics and series.</param>
/// <param name="Label">As in figures.</param>
/// <param name="Norm">A new norm over a number of channels, given the iterations of warm-up.</param>
internal sealed record Arm(string Name, string Label, Func<long, int, nn.Module<Tensor, Tensor>> Norm)
{
    internal static readonly Arm Layer = new("layer", "LayerNorm", (dim, _) => nn.LayerNorm(dim));

    // #region arms
    // The code compensates gradients from the 1,000th iteration on, or the end of the warm-up if that is later, as it is by its defaults.
    internal static readonly Arm Filtered = new("filtered", "UN with filtration", (dim, warmup) =>
        new UnifiedNorm(dim, new(WarmupIterations: warmup, OutlierFiltration: true, CompensationAfter: warmup)));

    internal static readonly Arm Smoothed = new("smoothed", "UN without filtration", (dim, warmup) =>
        new UnifiedNorm(dim, new(WarmupIterations: warmup, CompensationAfter: warmup)));
    // #endregion arms

    internal static readonly Arm Batch = new("batch", "batch norm", (dim, _) => new BatchNormTokens(dim));

    internal static readonly Arm[] All = [Layer, Filtered, Smoothed, Batch];
}
