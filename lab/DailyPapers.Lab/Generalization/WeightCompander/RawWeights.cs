using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>The start of a companded layer: trained values that give the wanted initial weights.</summary>
internal static class RawWeights
{
    // Where the function is flat, its inverse is far out: such a weight would hardly move again.
    private const double LargestShareOfBound = 0.95;

    /// <summary>v with Compand(v) = w, where |w| is cut to 95 % of the bound.</summary>
    internal static Parameter For(Tensor weights, IWeightReparameterization reparameterization)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        // On the meta device there are shapes but no values.
        if (weights.is_meta)
            return new Parameter(empty_like(weights).MoveToOuterDisposeScope());
        var bound = reparameterization.Bound;
        var within = double.IsFinite(bound) ? weights.clamp(-LargestShareOfBound * bound, LargestShareOfBound * bound) : weights;
        return new Parameter(reparameterization.Inverse(within).MoveToOuterDisposeScope());
    }
}
