namespace DailyPapers.Lab.Generalization.MatrixRecovery;

/// <summary>
/// Symmetric d × d matrices as vectors of d(d + 1)/2 numbers: the diagonal first, then √2 times each entry above it, row by row. Dot
/// products of the vectors are then inner products of the matrices, and lengths are Frobenius norms.
/// </summary>
public static class PackedSymmetric
{
    private static readonly double _root = Math.Sqrt(2);

    /// <summary>d(d + 1)/2.</summary>
    public static int Length(int dimension) => dimension * (dimension + 1) / 2;

    /// <summary>Packs the symmetric part of a row-major (d, d) matrix.</summary>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public static double[] Pack(ReadOnlySpan<double> matrix, int dimension)
    {
        Check(matrix.Length == dimension * dimension, matrix.Length, dimension);
        var packed = new double[Length(dimension)];
        var place = dimension;
        for (var row = 0; row < dimension; row++)
        {
            packed[row] = matrix[row * dimension + row];
            for (var column = row + 1; column < dimension; column++)
                packed[place++] = (matrix[row * dimension + column] + matrix[column * dimension + row]) / _root;
        }
        return packed;
    }

    /// <summary>The row-major (d, d) matrix of a packed one.</summary>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public static double[] Unpack(ReadOnlySpan<double> packed, int dimension)
    {
        Check(packed.Length == Length(dimension), packed.Length, dimension);
        var matrix = new double[dimension * dimension];
        var place = dimension;
        for (var row = 0; row < dimension; row++)
        {
            matrix[row * dimension + row] = packed[row];
            for (var column = row + 1; column < dimension; column++)
                matrix[row * dimension + column] = matrix[column * dimension + row] = packed[place++] / _root;
        }
        return matrix;
    }

    /// <summary>Packs U Uᵀ for a factor U, row-major (d, width), into <paramref name="packed"/>.</summary>
    public static void Square(ReadOnlySpan<double> factor, int dimension, Span<double> packed)
    {
        if (factor.Length % dimension != 0 || packed.Length != Length(dimension))
            throw new ArgumentException($"A factor of {dimension} rows and a packed matrix of {Length(dimension)} are needed; they have {factor.Length} and {packed.Length} numbers.", nameof(factor));
        var width = factor.Length / dimension;
        var place = dimension;
        for (var row = 0; row < dimension; row++)
        {
            var left = factor.Slice(row * width, width);
            packed[row] = System.Numerics.Tensors.TensorPrimitives.SumOfSquares(left);
            for (var column = row + 1; column < dimension; column++)
                packed[place++] = _root * System.Numerics.Tensors.TensorPrimitives.Dot(left, factor.Slice(column * width, width));
        }
    }

    private static void Check(bool fits, int length, int dimension)
    {
        if (!fits)
            throw new ArgumentException($"{length} numbers are not a symmetric matrix in {dimension} dimensions.", nameof(length));
    }
}
