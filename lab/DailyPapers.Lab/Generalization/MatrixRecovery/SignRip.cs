using System.Numerics.Tensors;

namespace DailyPapers.Lab.Generalization.MatrixRecovery;

/// <summary>
/// The robust isometry that the proofs rest on (arXiv:2202.08788, definition of Sign-RIP): the signs of measurements of Δ point towards
/// Δ/‖Δ‖_F, however large the outliers.
/// </summary>
public static class SignRip
{
    /// <summary>
    /// φ, the expected length of D along Δ/‖Δ‖_F for Gaussian measurements: √(2/π) from the clean ones, and
    /// √(2/π) E exp(−s²/2‖Δ‖²) = √(2/π) ‖Δ‖/√(‖Δ‖² + σ²) from those with Gaussian outliers of standard deviation σ.
    /// </summary>
    /// <param name="share">The share of outliers, from 0 to 1.</param>
    /// <param name="magnitude">σ.</param>
    /// <param name="distance">‖Δ‖_F.</param>
    public static double Scale(double share, double magnitude, double distance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(magnitude);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(distance);
        return Math.Sqrt(2 / Math.PI) * (1 - share + share * distance / Math.Sqrt(distance * distance + magnitude * magnitude));
    }

    /// <summary>
    /// δ at one point: the greatest inner product of D/φ − Δ/‖Δ‖_F with a unit matrix of rank at most <paramref name="rank"/>.
    /// </summary>
    /// <param name="slope">D, packed.</param>
    /// <param name="difference">Δ = X − X*, packed, not zero.</param>
    /// <param name="scale">φ.</param>
    /// <param name="dimension">d.</param>
    /// <param name="rank">The rank of the matrices tested.</param>
    public static double Deviation(ReadOnlySpan<double> slope, ReadOnlySpan<double> difference, double scale, int dimension, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        var norm = TensorPrimitives.Norm(difference);
        if (norm == 0)
            throw new ArgumentException("A zero difference has no direction.", nameof(difference));
        if (slope.Length != difference.Length)
            throw new ArgumentException($"Slope and difference are packed alike; they have {slope.Length} and {difference.Length} numbers.", nameof(slope));
        var error = new double[slope.Length];
        for (var k = 0; k < error.Length; k++)
            error[k] = slope[k] / scale - difference[k] / norm;
        return LowRankMatrix.LeadingNorm(error, dimension, rank);
    }
}
