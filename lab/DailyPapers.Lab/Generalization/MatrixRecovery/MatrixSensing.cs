using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.MatrixRecovery;

/// <summary>Linear measurements y_i = ⟨A_i, X⟩ of symmetric matrices, and what descent needs of them (arXiv:2202.08788, section 1).</summary>
/// <remarks>
/// A_i with independent standard normal entries measures a symmetric X by its symmetric part alone, which packed is a standard normal
/// vector again: half the numbers, and one dot product a measurement.
/// </remarks>
public sealed class MatrixSensing
{
    private readonly double[] _rows; // (m, p), packed

    private MatrixSensing(double[] rows, int measurements, int dimension) => (_rows, Measurements, Dimension) = (rows, measurements, dimension);

    /// <summary>m.</summary>
    public int Measurements { get; }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>Draws m matrices of standard normal entries.</summary>
    public static MatrixSensing Gaussian(int measurements, int dimension, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(measurements, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var rows = randn((long)measurements * PackedSymmetric.Length(dimension), dtype: float64, generator: generator);
        return new(rows.data<double>().ToArray(), measurements, dimension);
    }

    /// <summary>The first measurements only; they share memory with these.</summary>
    public MatrixSensing First(int measurements)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(measurements, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(measurements, Measurements);
        return new(_rows, measurements, Dimension);
    }

    /// <summary>⟨A_i, X⟩ for a packed X, (m).</summary>
    public double[] Observe(ReadOnlySpan<double> matrix)
    {
        CheckPacked(matrix.Length);
        var values = new double[Measurements];
        for (var i = 0; i < Measurements; i++)
            values[i] = TensorPrimitives.Dot(Row(i), matrix);
        return values;
    }

    // #region subgradient
    /// <summary>
    /// D = (1/m) Σ sign(⟨A_i, X⟩ − y_i) A_i, the subdifferential of the mean absolute residual at X (of U ↦ f(UUᵀ) it is 2DU), packed.
    /// </summary>
    /// <returns>The mean absolute residual.</returns>
    public double AbsoluteSlope(ReadOnlySpan<double> matrix, ReadOnlySpan<double> values, Span<double> slope)
    {
        CheckPacked(matrix.Length);
        CheckPacked(slope.Length);
        CheckValues(values.Length);
        slope.Clear();
        var total = 0.0;
        for (var i = 0; i < Measurements; i++)
        {
            var residual = TensorPrimitives.Dot(Row(i), matrix) - values[i];
            total += Math.Abs(residual);
            TensorPrimitives.MultiplyAdd(Row(i), Math.Sign(residual), slope, slope);
        }
        TensorPrimitives.Divide(slope, Measurements, slope);
        return total / Measurements;
    }
    // #endregion subgradient

    /// <summary>(1/m) Σ (⟨A_i, X⟩ − y_i) A_i, the gradient of half the mean squared residual at X, packed.</summary>
    /// <returns>Half the mean squared residual.</returns>
    public double SquaredSlope(ReadOnlySpan<double> matrix, ReadOnlySpan<double> values, Span<double> slope)
    {
        CheckPacked(matrix.Length);
        CheckPacked(slope.Length);
        CheckValues(values.Length);
        slope.Clear();
        var total = 0.0;
        for (var i = 0; i < Measurements; i++)
        {
            var residual = TensorPrimitives.Dot(Row(i), matrix) - values[i];
            total += residual * residual / 2;
            TensorPrimitives.MultiplyAdd(Row(i), residual, slope, slope);
        }
        TensorPrimitives.Divide(slope, Measurements, slope);
        return total / Measurements;
    }

    private ReadOnlySpan<double> Row(int measurement)
    {
        var length = PackedSymmetric.Length(Dimension);
        return _rows.AsSpan(measurement * length, length);
    }

    private void CheckPacked(int length)
    {
        if (length != PackedSymmetric.Length(Dimension))
            throw new ArgumentException($"A packed matrix in {Dimension} dimensions has {PackedSymmetric.Length(Dimension)} numbers, not {length}.", nameof(length));
    }

    private void CheckValues(int length)
    {
        if (length < Measurements)
            throw new ArgumentException($"{Measurements} measurements need as many values; there are {length}.", nameof(length));
    }
}
