using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Architectures.WideNet;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Widenet;

/// <summary>One way to share, or not, in transformers of equal width and depth.</summary>
/// <param name="Name">As in metrics and series.</param>
/// <param name="Label">As in figures.</param>
/// <param name="Blocks">The blocks of a model, given the sizes and whether they are causal.</param>
internal sealed record Arm(string Name, string Label, Func<WideNetConfig, bool, nn.Module<Tensor, Tensor>[]> Blocks)
{
    // #region arms
    internal static readonly Arm Wide = new("wide", "WideNet", (config, causal) => [new SharedDepthTransformer(config, NormSharing.Individual, causal)]);

    internal static readonly Arm SharedNorms = new("shared-norms", "WideNet, norms shared", (config, causal) => [new SharedDepthTransformer(config, NormSharing.Shared, causal)]);

    internal static readonly Arm Albert = new("albert", "all shared, no experts", (config, causal) => [new SharedDepthTransformer(config with { Experts = 0 }, NormSharing.Shared, causal)]);

    internal static readonly Arm Plain = new("plain", "nothing shared, no experts", (config, causal) =>
        [.. Enumerable.Range(0, config.Depth).Select(_ => TransformerBlock.Plain(config.Dim, config.Heads, config.Hidden, causal))]);

    internal static readonly Arm Private = new("private", "nothing shared, experts", (config, causal) =>
        [.. Enumerable.Range(0, config.Depth).Select(_ => new SharedDepthTransformer(config with { Depth = 1 }, NormSharing.Individual, causal))]);
    // #endregion arms

    internal static readonly Arm[] All = [Plain, Private, Wide, SharedNorms, Albert];
}
