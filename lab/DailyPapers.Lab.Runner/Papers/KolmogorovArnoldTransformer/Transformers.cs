using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.KolmogorovArnold;
using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;
using Kat = DailyPapers.Lab.Architectures.KolmogorovArnold.KolmogorovArnoldTransformer;

namespace DailyPapers.Lab.Runner.Papers.KolmogorovArnoldTransformer;

/// <summary>Small vision transformers that differ in their feed-forward parts only (claims 1 to 3).</summary>
internal static class Transformers
{
    private static readonly VisionTransformerOptions _options = new(Side: 28, Patch: 7, Dim: 64, Depth: 2, Heads: 4, Classes: 10, ClassToken: false);

    // #region arms
    internal static ClassifierComparison Comparison { get; } = new(
        [
            new("mlp", "MLP", 0.004, () => VisionTransformer.Plain(_options)),
            new("kat", "8 groups", 0.004, () => Kat.Create(_options)),
            new("kat-xavier", "8 groups, Xavier", 0.004, () => Kat.Create(_options, variancePreserving: false)),
            new("kat-per-channel", "per channel", 0.004, () => Kat.Create(_options, groups: 0)),
        ],
        Batch: 50, WeightDecay: 0.05, Warmup: 0.1, TestBatch: 1000, Grid: [0.001, 0.002, 0.004, 0.008]);
    // #endregion arms

    /// <summary>Where the learnt functions are drawn.</summary>
    internal static double[] Places { get; } = [.. Enumerable.Range(-40, 81).Select(i => i / 10.0)];

    /// <summary>Parameters of a whole model, and of its rational functions alone.</summary>
    internal static (long All, long Functions) Parameters(string name)
    {
        using var model = Comparison.Arms.Single(arm => arm.Name == name).Create();
        return (ModelCost.Parameters(model), model.modules().OfType<RationalActivation>().Sum(ModelCost.Parameters));
    }

    /// <summary>The functions of the last block's second layer at <see cref="Places"/>, one a group.</summary>
    internal static double[][] Functions(VisionTransformer model)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var layer = ((GroupRationalKan)((TransformerBlock)model.Blocks[^1]).FeedForward).Second;
        var (groups, channels) = ((int)layer.Activation.Denominator.shape[0], layer.Weights.in_features);
        // Every channel at every place; a group's channels agree, so the first of each is taken.
        var values = layer.Activation.call(tensor(Places, dtype: float32).unsqueeze(1).expand(-1, channels).contiguous());
        return [.. Enumerable.Range(0, groups).Select(group => values.select(1, group * channels / groups).to(float64).data<double>().ToArray())];
    }
}
