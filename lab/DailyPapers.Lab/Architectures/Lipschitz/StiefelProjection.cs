using DailyPapers.Lab.Optimization.Muon;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>W ← σ_max UVᵀ: all singular values become σ_max.</summary>
/// <param name="maximum">σ_max.</param>
public sealed class StiefelProjection(double maximum) : SpectralConstraint(maximum)
{
    private protected override Tensor Constrained(Tensor weight, double stepSize) => NewtonSchulz.Polar(weight) * Maximum;
}
