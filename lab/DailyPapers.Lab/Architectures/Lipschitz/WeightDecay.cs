using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>W ← (1 − λη)W. With steps of spectral norm η the norm stays below 1/λ once it is there.</summary>
/// <param name="maximum">σ_max = 1/λ.</param>
public sealed class WeightDecay(double maximum) : SpectralConstraint(maximum)
{
    private protected override Tensor Constrained(Tensor weight, double stepSize) => weight * (1 - stepSize / Maximum);
}
