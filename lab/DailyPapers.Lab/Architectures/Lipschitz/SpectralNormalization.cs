using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>W ← W / max(1, σ₁/σ_max): all singular values shrink together when the largest is too large.</summary>
/// <param name="maximum">σ_max.</param>
/// <param name="iterations">Power iterations for σ₁, which they approach from below; 0 computes it exactly.</param>
public sealed class SpectralNormalization(double maximum, int iterations = 0) : SpectralConstraint(maximum)
{
    private protected override Tensor Constrained(Tensor weight, double stepSize)
    {
        var sigma = iterations == 0 ? SpectralNorm.Exact(weight) : SpectralNorm.Power(weight, iterations).Sigma.to(float64).item<double>();
        return weight / Math.Max(1, sigma / Maximum);
    }
}
