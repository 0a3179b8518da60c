using DailyPapers.Lab.Architectures.KolmogorovArnold;
using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.KolmogorovArnoldTransformer;

/// <summary>Time of a forward and a backward pass of activations and of layers (claims 3 and 4), side by side on one thread.</summary>
internal sealed class LayerTiming
{
    /// <summary>What is timed, in the order of the measurements.</summary>
    internal static readonly string[] Names = ["shared", "per-channel", "composed", "fused-layer", "composed-layer", "spline-layer", "gelu-layer"];

    private const int Tokens = 2048;
    private const int Dim = 64;
    private const int Hidden = 256;

    private readonly InterleavedTiming _timing;

    private LayerTiming(InterleavedTiming timing) => _timing = timing;

    /// <summary>Milliseconds of a pass forward and back, medians, in the order of <see cref="Names"/>.</summary>
    internal double[] Milliseconds => [.. Names.Select((_, i) => 1000 * _timing.Seconds(i).Median)];

    /// <summary>How many times faster one is than another: median over rounds.</summary>
    internal double Speedup(string fast, string slow) => _timing.Speedup(Array.IndexOf(Names, fast), Array.IndexOf(Names, slow)).Median;

    // #region timing
    internal static LayerTiming Measure(Seed seed, double seconds, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        seed.SeedTorch();
        var inputs = new Dictionary<int, (Tensor Input, Tensor Gradient)>
        {
            [Dim] = (randn(Tokens, Dim).requires_grad_(), randn(Tokens, Hidden)),
            [Hidden] = (randn(Tokens, Hidden).requires_grad_(), randn(Tokens, Hidden)),
        };
        // Activations on the hidden channels; layers from 64 to 256 channels.
        (Layer Layer, int Width)[] timed =
        [
            (new RationalActivation(Hidden, 8, RationalTarget.Swish), Hidden),
            (new RationalActivation(Hidden, Hidden, RationalTarget.Swish), Hidden),
            (new RationalActivation(Hidden, 8, RationalTarget.Swish, fused: false), Hidden),
            (new GroupRationalKanLayer(Dim, Hidden), Dim),
            (new GroupRationalKanLayer(Dim, Hidden, fused: false), Dim),
            (new BSplineKanLayer(Dim, Hidden), Dim),
            (nn.Sequential(nn.GELU(), nn.Linear(Dim, Hidden)), Dim),
        ];
        try
        {
            return new(InterleavedTiming.Measure(
                [.. timed.Select(each => (Action)(() => ThereAndBack(each.Layer, inputs[each.Width])))], 200, seconds, window: 0.05, cancellationToken: cancellation));
        }
        finally
        {
            foreach (var (layer, _) in timed)
                layer.Dispose();
        }
    }

    private static void ThereAndBack(Layer layer, (Tensor Input, Tensor Gradient) data)
    {
        using var scope = NewDisposeScope();
        layer.call(data.Input).backward([data.Gradient]);
    }
    // #endregion timing

    // #region exact
    /// <summary>The largest difference of fused and composed values and gradients, relative to the largest element of each, 32-bit floats.</summary>
    internal static double LargestDifference(Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var worst = 0.0;
        foreach (var groups in new[] { 1, 8, 64 })
        {
            var drawn = new[] { (512, 64), (groups, 6), (groups, 4) }.Select(size => randn(size.Item1, size.Item2, generator: generator)).ToArray();
            var gradient = randn(512, 64, generator: generator);
            var (fused, composed) = (Run(RationalFunction.Apply), Run(RationalFunction.Composed));
            for (var i = 0; i < fused.Length; i++)
                worst = Math.Max(worst, ((fused[i] - composed[i]).abs().max() / composed[i].abs().max()).item<float>());

            Tensor[] Run(Func<Tensor, Tensor, Tensor, RationalDenominator, Tensor> function)
            {
                var leaves = drawn.Select(each => each.clone().requires_grad_()).ToArray();
                var made = function(leaves[0], leaves[1], leaves[2], RationalDenominator.AbsoluteOfSum);
                made.backward([gradient]);
                return [made.detach(), .. leaves.Select(leaf => leaf.grad!)];
            }
        }
        return worst;
    }
    // #endregion exact
}
