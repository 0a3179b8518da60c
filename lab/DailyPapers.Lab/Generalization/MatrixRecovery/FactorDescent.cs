using System.Numerics.Tensors;

namespace DailyPapers.Lab.Generalization.MatrixRecovery;

/// <summary>Descent on a factor: U ← U − η D U with D the slope of the loss at X = UUᵀ (arXiv:2202.08788, SubGM).</summary>
public sealed class FactorDescent
{
    private readonly MatrixSensing _sensing;
    private readonly double[] _values;
    private readonly double[] _factor;  // (d, width)
    private readonly double[] _product; // D U, (d, width)
    private readonly double[] _square;  // U Uᵀ, packed
    private readonly double[] _slope;   // D, packed
    private readonly RecoveryLoss _loss;
    private readonly int _width;

    /// <summary>Starts at <paramref name="start"/>, row-major (d, width), which is copied.</summary>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public FactorDescent(MatrixSensing sensing, double[] values, double[] start, RecoveryLoss loss)
    {
        ArgumentNullException.ThrowIfNull(sensing);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(start);
        if (start.Length == 0 || start.Length % sensing.Dimension != 0)
            throw new ArgumentException($"A factor has {sensing.Dimension} rows; {start.Length} numbers are not so many.", nameof(start));
        if (values.Length < sensing.Measurements)
            throw new ArgumentException($"{sensing.Measurements} measurements need as many values; there are {values.Length}.", nameof(values));
        (_sensing, _values, _factor, _loss, _width) = (sensing, values, (double[])start.Clone(), loss, start.Length / sensing.Dimension);
        _product = new double[start.Length];
        _square = new double[PackedSymmetric.Length(sensing.Dimension)];
        _slope = new double[_square.Length];
        PackedSymmetric.Square(_factor, sensing.Dimension, _square);
    }

    /// <summary>X = UUᵀ, packed.</summary>
    public ReadOnlySpan<double> Matrix => _square;

    /// <summary>U, row-major (d, width).</summary>
    public ReadOnlySpan<double> Factor => _factor;

    /// <summary>‖X − X*‖_F / ‖X*‖_F.</summary>
    public double RelativeError(ReadOnlySpan<double> truth) => TensorPrimitives.Distance(_square, truth) / TensorPrimitives.Norm(truth);

    // #region step
    /// <summary>One step against D/‖D‖_F: by Sign-RIP that is about (X − X*)/‖X − X*‖_F for the absolute loss.</summary>
    /// <returns>The loss before the step.</returns>
    public double NormalizedStep(double stepSize) => Step(stepSize, normalise: true);

    /// <summary>One step against D.</summary>
    /// <returns>The loss before the step.</returns>
    public double Step(double stepSize) => Step(stepSize, normalise: false);

    private double Step(double stepSize, bool normalise)
    {
        var loss = _loss == RecoveryLoss.Absolute
            ? _sensing.AbsoluteSlope(_square, _values, _slope)
            : _sensing.SquaredSlope(_square, _values, _slope);
        var scale = normalise ? TensorPrimitives.Norm<double>(_slope) : 1;
        if (scale > 0)
            TensorPrimitives.MultiplyAdd(Product(), -stepSize / scale, _factor, _factor);
        PackedSymmetric.Square(_factor, _sensing.Dimension, _square);
        return loss;
    }
    // #endregion step

    private double[] Product()
    {
        var d = _sensing.Dimension;
        var root = Math.Sqrt(0.5);
        var place = d;
        for (var row = 0; row < d; row++)
            TensorPrimitives.Multiply(_factor.AsSpan(row * _width, _width), _slope[row], _product.AsSpan(row * _width, _width));
        for (var row = 0; row < d; row++)
            for (var column = row + 1; column < d; column++)
            {
                var value = root * _slope[place++];
                var upper = _product.AsSpan(row * _width, _width);
                var lower = _product.AsSpan(column * _width, _width);
                TensorPrimitives.MultiplyAdd(_factor.AsSpan(column * _width, _width), value, upper, upper);
                TensorPrimitives.MultiplyAdd(_factor.AsSpan(row * _width, _width), value, lower, lower);
            }
        return _product;
    }
}
