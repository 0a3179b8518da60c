namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>
/// Planar points, classified by the sign of σ_α(w₁x₁ + w₂x₂ + w₃) − σ_α(w₁x₂ − w₂x₁): two hidden neurons in orthogonal
/// directions, three weights on a grid, and the activation's interpolation α in [0, 1] as hyperparameter.
/// </summary>
public sealed class InterpolatedNetworkTask : IMarginTask
{
    private readonly double[] _x1;
    private readonly double[] _x2;
    private readonly int[] _labels;
    private readonly InterpolatedActivation _activation;
    private readonly WeightGrid _grid;

    /// <summary>Creates the task.</summary>
    /// <param name="points">x, T of them.</param>
    /// <param name="labels">+1 or −1, T of them.</param>
    /// <param name="activation">σ_α.</param>
    /// <param name="grid">The weights.</param>
    /// <exception cref="ArgumentException">There are no points, the lengths differ, or a label is neither +1 nor −1.</exception>
    public InterpolatedNetworkTask(IReadOnlyList<(double X1, double X2)> points, IReadOnlyList<int> labels, InterpolatedActivation activation, WeightGrid grid)
    {
        LabelCheck.Require(labels, points?.Count ?? 0);
        _activation = activation ?? throw new ArgumentNullException(nameof(activation));
        _grid = grid ?? throw new ArgumentNullException(nameof(grid));
        _x1 = [.. points!.Select(point => point.X1)];
        _x2 = [.. points!.Select(point => point.X2)];
        _labels = [.. labels];
    }

    /// <inheritdoc/>
    public int Points => _labels.Length;

    /// <inheritdoc/>
    public int WeightSettings => _grid.Count;

    /// <inheritdoc/>
    public double MinimumAlpha => 0;

    /// <inheritdoc/>
    public double MaximumAlpha => 1;

    // #region margins
    /// <inheritdoc/>
    public void Margins(int weights, Span<double> constant, Span<double> linear, Span<double> quadratic)
    {
        var (w1, w2, w3) = _grid.At(weights);
        for (var i = 0; i < _labels.Length; i++)
        {
            var z1 = w1 * _x1[i] + w2 * _x2[i] + w3;
            var z2 = w1 * _x2[i] - w2 * _x1[i];
            var first = _activation.First(z1) - _activation.First(z2);
            var second = _activation.Second(z1) - _activation.Second(z2);
            constant[i] = _labels[i] * second;
            linear[i] = _labels[i] * (first - second);
            quadratic[i] = 0;
        }
    }
    // #endregion margins
}
