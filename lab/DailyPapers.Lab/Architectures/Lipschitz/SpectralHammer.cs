using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>W ← W + (σ_max − σ₁) u₁v₁ᵀ: the largest singular value, and no other, becomes σ_max.</summary>
/// <param name="maximum">σ_max.</param>
/// <param name="iterations">Power iterations for σ₁ and its vectors.</param>
public sealed class SpectralHammer(double maximum, int iterations = 20) : SpectralConstraint(maximum)
{
    private protected override Tensor Constrained(Tensor weight, double stepSize)
    {
        var (sigma, left, right) = SpectralNorm.Power(weight, iterations);
        return weight + left.outer(right) * (Maximum - sigma);
    }
}
