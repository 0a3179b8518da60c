using System.Numerics.Tensors;

namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>
/// A linear readout with an intercept, fitted by ridge regression in primal form: W = Y Rᵀ (R Rᵀ + λI)⁻¹ with r extended by a 1,
/// solved by Cholesky. For fewer samples than features, <see cref="Generalization.KernelRidge"/> is the cheaper form of the same.
/// </summary>
/// <remarks>
/// Matrices are row-major arrays of doubles, a row a step. No native tensors are involved, so that many small readouts can be
/// fitted on several threads at once.
/// </remarks>
public sealed class RidgeReadout
{
    private readonly double[] _weights; // (outputs, N + 1), the intercept last

    private RidgeReadout(double[] weights, int features, int outputs) => (_weights, Features, Outputs) = (weights, features, outputs);

    /// <summary>N.</summary>
    public int Features { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>An output's weights, (N + 1), the intercept last.</summary>
    public ReadOnlySpan<double> Weights(int output) => _weights.AsSpan(output * (Features + 1), Features + 1);

    /// <summary>Fits the readout.</summary>
    /// <param name="states">R, (T, N).</param>
    /// <param name="targets">Y, (T, outputs).</param>
    /// <param name="samples">T, positive.</param>
    /// <param name="ridge">λ, positive; it acts on the intercept too, and is not divided by T.</param>
    /// <exception cref="ArgumentException">The matrices don't have T rows, or R Rᵀ + λI is not positive definite in double precision.</exception>
    public static RidgeReadout Fit(ReadOnlySpan<double> states, ReadOnlySpan<double> targets, int samples, double ridge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ridge);
        if (states.Length == 0 || states.Length % samples != 0 || targets.Length == 0 || targets.Length % samples != 0)
            throw new ArgumentException($"Expected states and targets in {samples} rows; there are {states.Length} and {targets.Length} values.", nameof(samples));
        var (n, outputs) = (states.Length / samples + 1, targets.Length / samples);
        // Columns made contiguous, so that every product is a dot product.
        var columns = Columns(states, samples, n - 1, withOnes: true);
        var gram = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
                gram[i * n + j] = TensorPrimitives.Dot<double>(Row(columns, i, samples), Row(columns, j, samples));
            gram[i * n + i] += ridge;
        }
        Factor(gram, n, ridge);
        var targetColumns = Columns(targets, samples, outputs, withOnes: false);
        var weights = new double[outputs * n];
        for (var output = 0; output < outputs; output++)
        {
            var solution = weights.AsSpan(output * n, n);
            for (var i = 0; i < n; i++)
                solution[i] = TensorPrimitives.Dot<double>(Row(columns, i, samples), Row(targetColumns, output, samples));
            Solve(gram, n, solution);
        }
        return new(weights, n - 1, outputs);
    }

    /// <summary>Outputs (T, outputs) for states (T, N).</summary>
    public double[] Predict(ReadOnlySpan<double> states)
    {
        if (states.Length % Features != 0)
            throw new ArgumentException($"Expected rows of {Features} states; there are {states.Length} values.", nameof(states));
        var predictions = new double[states.Length / Features * Outputs];
        for (var (row, at) = (0, 0); row < states.Length; row += Features)
        {
            var state = states.Slice(row, Features);
            for (var output = 0; output < Outputs; output++)
            {
                var weights = Weights(output);
                predictions[at++] = TensorPrimitives.Dot(state, weights[..Features]) + weights[Features];
            }
        }
        return predictions;
    }

    /// <summary>The root-mean-square error of one output in units of the target's standard deviation on the same rows (NRMSE).</summary>
    /// <param name="predictions">(T, outputs).</param>
    /// <param name="targets">(T, outputs).</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="output">Which one.</param>
    public static double NormalizedError(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, int outputs, int output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, outputs);
        if (predictions.Length != targets.Length || targets.Length == 0 || targets.Length % outputs != 0)
            throw new ArgumentException($"Expected as many predictions as targets in rows of {outputs}; there are {predictions.Length} and {targets.Length}.", nameof(predictions));
        double sum = 0, squares = 0, errors = 0;
        for (var i = output; i < targets.Length; i += outputs)
        {
            sum += targets[i];
            squares += targets[i] * targets[i];
            errors += (predictions[i] - targets[i]) * (predictions[i] - targets[i]);
        }
        return Math.Sqrt(errors / (squares - sum * sum * outputs / targets.Length));
    }

    private static double[] Columns(ReadOnlySpan<double> rows, int samples, int width, bool withOnes)
    {
        var columns = new double[(width + (withOnes ? 1 : 0)) * samples];
        for (var t = 0; t < samples; t++)
            for (var i = 0; i < width; i++)
                columns[i * samples + t] = rows[t * width + i];
        columns.AsSpan(width * samples).Fill(1);
        return columns;
    }

    private static ReadOnlySpan<double> Row(double[] matrix, int row, int width) => matrix.AsSpan(row * width, width);

    // The lower factor L of LLᵀ, in place; its rows are contiguous, so that inner loops are dot products.
    private static void Factor(double[] matrix, int n, double ridge)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i * n + j] - TensorPrimitives.Dot<double>(matrix.AsSpan(i * n, j), matrix.AsSpan(j * n, j));
                if (i > j)
                    matrix[i * n + j] = rest / matrix[j * n + j];
                else if (rest > 0)
                    matrix[i * n + i] = Math.Sqrt(rest);
                else
                    throw new ArgumentException($"The states' Gram matrix plus the ridge {ridge} is not positive definite in double precision; use a larger ridge.", nameof(ridge));
            }
        }
    }

    // L z = b, then Lᵀ x = z, in place.
    private static void Solve(double[] factor, int n, Span<double> vector)
    {
        for (var i = 0; i < n; i++)
            vector[i] = (vector[i] - TensorPrimitives.Dot<double>(factor.AsSpan(i * n, i), vector[..i])) / factor[i * n + i];
        for (var i = n - 1; i >= 0; i--)
        {
            vector[i] /= factor[i * n + i];
            TensorPrimitives.MultiplyAdd(factor.AsSpan(i * n, i), -vector[i], vector[..i], vector[..i]);
        }
    }
}
