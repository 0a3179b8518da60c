using DailyPapers.Lab.Numerics;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.MatrixRecovery;

/// <summary>Random positive semidefinite matrices of known rank.</summary>
public static class LowRankMatrix
{
    /// <summary>
    /// V diag(λ) Vᵀ of Frobenius norm 1, packed: V has random orthonormal columns, and λ falls evenly from its largest value to that over
    /// <paramref name="condition"/>.
    /// </summary>
    public static double[] Random(int dimension, int rank, double condition, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(condition, 1);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var (basis, _) = linalg.qr(randn(dimension, rank, dtype: float64, generator: generator));
        var values = rank == 1 ? ones(1, dtype: float64) : linspace(condition, 1, rank, dtype: float64);
        var matrix = (basis * (values / values.norm())).matmul(basis.t()).contiguous();
        return PackedSymmetric.Pack(matrix.data<double>().ToArray(), dimension);
    }

    /// <summary>The Frobenius norm of the best approximation of given rank, which is the largest inner product with a unit matrix of that rank.</summary>
    public static double LeadingNorm(ReadOnlySpan<double> packed, int dimension, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        var (values, _) = SymmetricEigen.Decompose(PackedSymmetric.Unpack(packed, dimension), dimension);
        return Math.Sqrt(values.Select(value => value * value).OrderDescending().Take(rank).Sum());
    }
}
