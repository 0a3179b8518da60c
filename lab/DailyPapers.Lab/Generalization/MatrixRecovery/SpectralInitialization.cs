using System.Numerics.Tensors;
using DailyPapers.Lab.Numerics;

namespace DailyPapers.Lab.Generalization.MatrixRecovery;

/// <summary>Where the subgradient method starts: a tiny multiple of a factor that points towards the truth.</summary>
public static class SpectralInitialization
{
    // #region start
    /// <summary>
    /// U = αB, row-major (d, width): BBᵀ is the nearest positive semidefinite matrix of rank at most <paramref name="width"/> to
    /// (1/m) Σ sign(y_i) A_i, scaled to Frobenius norm 1. Signs bound what an outlier can do to it.
    /// </summary>
    /// <exception cref="ArgumentException">All values are zero, so that they point nowhere.</exception>
    public static double[] FromSigns(MatrixSensing sensing, ReadOnlySpan<double> values, int width, double scale)
    {
        ArgumentNullException.ThrowIfNull(sensing);
        var d = sensing.Dimension;
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, d);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        var slope = new double[PackedSymmetric.Length(d)];
        sensing.AbsoluteSlope(new double[slope.Length], values, slope);
        TensorPrimitives.Negate(slope, slope);
        var (eigenvalues, vectors) = SymmetricEigen.Decompose(PackedSymmetric.Unpack(slope, d), d);
        var norm = Math.Sqrt(eigenvalues.Take(width).Sum(value => Math.Max(0, value) * Math.Max(0, value)));
        if (norm == 0)
            throw new ArgumentException("The signs of these values give no positive direction to start in.", nameof(values));
        var factor = new double[d * width];
        for (var row = 0; row < d; row++)
            for (var column = 0; column < width; column++)
                factor[row * width + column] = scale * vectors[row * d + column] * Math.Sqrt(Math.Max(0, eigenvalues[column]) / norm);
        return factor;
    }
    // #endregion start
}
