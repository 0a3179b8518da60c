using System.Numerics.Tensors;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>
/// W = K Qᵀ trained by its factors: K ← K − η ∇_K/‖∇_K‖_F and Q likewise, with ∇_K = ∇_W Q and ∇_Q = ∇_Wᵀ K. This is biased towards the
/// least nuclear norm.
/// </summary>
public sealed class FactoredWeights : IKeyQueryWeights
{
    private readonly double[] _keys;    // (d, m)
    private readonly double[] _queries; // (d, m)
    private readonly double[] _gradient;
    private readonly double[] _keyGradient;
    private readonly double[] _queryGradient;
    private readonly int _dimension;
    private readonly int _width;

    /// <summary>Starts at K and Q, row-major (d, m), which are copied.</summary>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public FactoredWeights(double[] keys, double[] queries, int width)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (keys.Length != queries.Length || keys.Length == 0 || keys.Length % width != 0)
            throw new ArgumentException($"K and Q need the same number of rows of {width}; they hold {keys.Length} and {queries.Length} numbers.", nameof(keys));
        (_keys, _queries, _width, _dimension) = ((double[])keys.Clone(), (double[])queries.Clone(), width, keys.Length / width);
        (_keyGradient, _queryGradient) = (new double[keys.Length], new double[keys.Length]);
        (_gradient, Combined) = (new double[_dimension * _dimension], new double[_dimension * _dimension]);
        Multiply();
    }

    /// <inheritdoc/>
    public double[] Combined { get; }

    /// <inheritdoc/>
    public void Step(AttentionProblem problem, double stepSize)
    {
        SoftmaxAttention.ScaledGradient(problem, Combined, _gradient);
        _keyGradient.AsSpan().Clear();
        _queryGradient.AsSpan().Clear();
        for (var row = 0; row < _dimension; row++)
            for (var column = 0; column < _dimension; column++)
            {
                var slope = _gradient[row * _dimension + column];
                TensorPrimitives.MultiplyAdd(Row(_queries, column), slope, Row(_keyGradient, row), Row(_keyGradient, row));
                TensorPrimitives.MultiplyAdd(Row(_keys, row), slope, Row(_queryGradient, column), Row(_queryGradient, column));
            }
        NormalizedStep.Take(_keys, _keyGradient, stepSize);
        NormalizedStep.Take(_queries, _queryGradient, stepSize);
        Multiply();
    }

    private Span<double> Row(double[] matrix, int row) => matrix.AsSpan(row * _width, _width);

    private void Multiply()
    {
        for (var row = 0; row < _dimension; row++)
            for (var column = 0; column < _dimension; column++)
                Combined[row * _dimension + column] = TensorPrimitives.Dot<double>(Row(_keys, row), Row(_queries, column));
    }
}
