using DailyPapers.Lab.Optimization.Muon;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>
/// Every singular value becomes min(σ, σ_max). As min(σ, s) = (σ + s − |σ − s|)/2, two polar factors do it without a decomposition: O = UVᵀ of W,
/// and Q = U sign(Σ − s)Vᵀ of W − sO.
/// </summary>
/// <remarks>
/// By polar factors, singular values below a hundred-thousandth of the matrix's norm may grow, to s/8 at most: their O has not arrived
/// (<see cref="NewtonSchulz.Polar"/>). None ends above s.
/// </remarks>
/// <param name="maximum">σ_max.</param>
/// <param name="exact">Whether the singular value decomposition is used instead.</param>
public sealed class SpectralHardCap(double maximum, bool exact = false) : SpectralConstraint(maximum)
{
    // #region cap
    private protected override Tensor Constrained(Tensor weight, double stepSize)
    {
        if (exact)
        {
            var (u, sigma, vh) = linalg.svd(weight, fullMatrices: false);
            return (u * sigma.clamp_max(Maximum)).matmul(vh);
        }
        // The identities need orthonormal columns on the short side.
        var wide = weight.shape[0] < weight.shape[1];
        var w = wide ? weight.t() : weight;
        var orthogonal = NewtonSchulz.Polar(w);
        var beyond = w - orthogonal * Maximum;
        var distance = orthogonal.matmul(NewtonSchulz.Polar(beyond).t().matmul(beyond));
        var capped = (w + orthogonal * Maximum - distance) / 2;
        return wide ? capped.t() : capped;
    }
    // #endregion cap
}
