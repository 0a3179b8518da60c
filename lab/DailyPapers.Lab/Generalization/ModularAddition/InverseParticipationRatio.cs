using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.ModularAddition;

/// <summary>How concentrated a vector is on few frequencies (arXiv:2310.13061, equation 4).</summary>
public static class InverseParticipationRatio
{
    // #region ratio
    /// <summary>sum_j (|F_j| / ||F||_2)^(2r), F the discrete Fourier transform at the non-negative frequencies, a row at a time.</summary>
    /// <remarks>
    /// 1 for a single frequency, constant included, and about 2 / (p/2 + 1) at r = 2 for white noise. Negative frequencies repeat
    /// the others for real vectors and would halve a cosine's ratio.
    /// </remarks>
    /// <param name="weights">Real vectors, (N, p).</param>
    /// <param name="order">r, above 1.</param>
    /// <returns>(N,), from 0 to 1; NaN for a vector of zeros.</returns>
    public static Tensor Compute(Tensor weights, double order = 2)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.dim() != 2)
            throw new ArgumentException($"Weights must be a matrix of one vector a row; they have {weights.dim()} dimensions.", nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(order, 1);
        using var scope = NewDisposeScope();
        var power = fft.rfft(weights).abs().square();                    // (N, p/2 + 1)
        var shares = power / power.sum(1, keepdim: true);
        return shares.pow(order).sum(1).MoveToOuterDisposeScope();
    }
    // #endregion ratio
}
