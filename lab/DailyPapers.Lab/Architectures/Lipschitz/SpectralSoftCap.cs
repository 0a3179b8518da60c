using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>
/// Singular values go through x − ax³ and then x + ax³, which leaves small ones alone and lowers large ones; a is the least that brings
/// σ_max + η, the most that a step can make of σ_max, back to σ_max (arXiv:2507.13338, section 3).
/// </summary>
/// <param name="maximum">σ_max.</param>
/// <param name="stepFactor">The largest spectral norm of a step over η; Muon's polynomial overshoots 1 by up to a fifth.</param>
public sealed class SpectralSoftCap(double maximum, double stepFactor = 1.21) : SpectralConstraint(maximum)
{
    // Beyond it the polynomial is no longer monotone, and a smaller singular value could end above a larger one.
    private const double LargestRatio = 1.3;

    // #region strength
    /// <summary>The least a ≥ 0 with p(largest) = target for p(x) = x − 3a²x⁵ + 3a³x⁷ − a⁴x⁹, the composition of both polynomials.</summary>
    /// <param name="largest">k, the largest singular value that can come, positive.</param>
    /// <param name="target">σ_max, at most k and at least k/1.3.</param>
    public static double Strength(double largest, double target)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, target);
        if (largest > LargestRatio * target)
            throw new ArgumentOutOfRangeException(nameof(largest), largest, $"A soft cap at {target} takes singular values up to {LargestRatio * target}; take smaller steps.");
        // With u = ak² the ratio p(k)/k is 1 − 3u² + 3u³ − u⁴, which falls from 1 to 0 between 0 and 1.
        var (low, high) = (0.0, 1.0);
        for (var halving = 0; halving < 60; halving++)
        {
            var u = (low + high) / 2;
            if (1 - 3 * u * u + 3 * u * u * u - u * u * u * u > target / largest)
                low = u;
            else
                high = u;
        }
        return high / (largest * largest);
    }
    // #endregion strength

    private protected override Tensor Constrained(Tensor weight, double stepSize)
    {
        var strength = Strength(Maximum + stepFactor * stepSize, Maximum);
        var wide = weight.shape[0] < weight.shape[1];
        var w = wide ? weight.t() : weight;
        w = w - w.matmul(w.t().matmul(w)) * strength;
        w = w + w.matmul(w.t().matmul(w)) * strength;
        return wide ? w.t() : w;
    }
}
