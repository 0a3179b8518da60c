namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>
/// Nodes of a graph, classified by one graph convolution whose adjacency is the polynomial kernel A_ij = (s_ij + α)² of
/// similarities: the sign of Σ_j A_ij (w₁x_j1 + w₂x_j2 + w₃) / Σ_j A_ij, three weights on a grid, the kernel's offset α in [0, 1].
/// </summary>
/// <remarks>Normalising a row divides by a positive number and changes no sign, so it is left out of the margins.</remarks>
public sealed class GraphKernelTask : IMarginTask
{
    private readonly int[] _labels;
    private readonly WeightGrid _grid;
    private readonly double[,] _constant;
    private readonly double[,] _linear;
    private readonly double[] _quadratic = new double[3];

    /// <summary>Creates the task.</summary>
    /// <param name="similarities">s, (T, T), not negative.</param>
    /// <param name="features">x, T of them.</param>
    /// <param name="labels">+1 or −1, T of them.</param>
    /// <param name="grid">The weights.</param>
    /// <exception cref="ArgumentException">Shapes differ, a similarity is negative, or a label is neither +1 nor −1.</exception>
    public GraphKernelTask(double[,] similarities, IReadOnlyList<(double X1, double X2)> features, IReadOnlyList<int> labels, WeightGrid grid)
    {
        ArgumentNullException.ThrowIfNull(similarities);
        ArgumentNullException.ThrowIfNull(features);
        LabelCheck.Require(labels, features.Count);
        _grid = grid ?? throw new ArgumentNullException(nameof(grid));
        if (similarities.GetLength(0) != features.Count || similarities.GetLength(1) != features.Count)
            throw new ArgumentException($"Similarities of {features.Count} nodes form a square of that side, not {similarities.GetLength(0)} × {similarities.GetLength(1)}.", nameof(similarities));
        foreach (var similarity in similarities)
            if (!(similarity >= 0) || !double.IsFinite(similarity))
                throw new ArgumentException($"Similarities are finite and not negative; one is {similarity}.", nameof(similarities));
        _labels = [.. labels];
        _constant = new double[Points, 3];
        _linear = new double[Points, 3];
        for (var j = 0; j < Points; j++)
        {
            double[] feature = [features[j].X1, features[j].X2, 1];
            for (var k = 0; k < 3; k++)
            {
                _quadratic[k] += feature[k];
                for (var i = 0; i < Points; i++)
                {
                    _constant[i, k] += similarities[i, j] * similarities[i, j] * feature[k];
                    _linear[i, k] += 2 * similarities[i, j] * feature[k];
                }
            }
        }
    }

    /// <inheritdoc/>
    public int Points => _labels.Length;

    /// <inheritdoc/>
    public int WeightSettings => _grid.Count;

    /// <inheritdoc/>
    public double MinimumAlpha => 0;

    /// <inheritdoc/>
    public double MaximumAlpha => 1;

    /// <inheritdoc/>
    public void Margins(int weights, Span<double> constant, Span<double> linear, Span<double> quadratic)
    {
        var (w1, w2, w3) = _grid.At(weights);
        var square = w1 * _quadratic[0] + w2 * _quadratic[1] + w3 * _quadratic[2];
        for (var i = 0; i < _labels.Length; i++)
        {
            constant[i] = _labels[i] * (w1 * _constant[i, 0] + w2 * _constant[i, 1] + w3 * _constant[i, 2]);
            linear[i] = _labels[i] * (w1 * _linear[i, 0] + w2 * _linear[i, 1] + w3 * _linear[i, 2]);
            quadratic[i] = _labels[i] * square;
        }
    }
}
