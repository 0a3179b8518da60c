using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold;

/// <summary>
/// A Kolmogorov-Arnold layer with B-splines (Liu et al. 2024, arXiv:2404.19756, section 2.2): every edge carries
/// w_b SiLU(x) + Σₛ cₛ Bₛ(x), and an output sums its edges.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>). The grid stays as it is.</remarks>
public sealed class BSplineKanLayer : Module<Tensor, Tensor>, ICountsMultiplyAdds
{
    private readonly Linear _base;
    private readonly Parameter _splines;
    private readonly Tensor _knots;
    private readonly int _inFeatures;
    private readonly int _splineOrder;

    /// <summary>A layer at its initial weights: the base's as a linear layer's, the splines' small.</summary>
    /// <param name="inFeatures">d_in.</param>
    /// <param name="outFeatures">d_out.</param>
    /// <param name="gridSize">G, intervals of the grid.</param>
    /// <param name="splineOrder">k, degree of the splines.</param>
    /// <param name="from">The grid's lower end.</param>
    /// <param name="to">Its upper end; splines vanish beyond k intervals outside.</param>
    /// <param name="splineDeviation">Standard deviation of the splines' weights, in units of 1/√d_in.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public BSplineKanLayer(
        int inFeatures, int outFeatures, int gridSize = 5, int splineOrder = 3, double from = -1, double to = 1, double splineDeviation = 0.1,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(BSplineKanLayer))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(splineDeviation);
        (_inFeatures, _splineOrder) = (inFeatures, splineOrder);
        _knots = tensor(BSplineBasis.Knots(gridSize, splineOrder, from, to), dtype: dtype ?? float32, device: device);
        _base = Linear(inFeatures, outFeatures, true, device, dtype);
        _splines = new Parameter(empty(outFeatures, (long)inFeatures * (gridSize + splineOrder), dtype: dtype, device: device));
        init.normal_(_splines, 0, splineDeviation / Math.Sqrt(inFeatures));
        RegisterComponents();
    }

    /// <summary>c, (d_out, d_in (G + k)), the splines of an input side by side.</summary>
    public Parameter Splines => _splines;

    /// <inheritdoc/>
    /// <param name="input">(..., d_in).</param>
    /// <returns>(..., d_out).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _inFeatures);
        using var scope = NewDisposeScope();
        var splines = BSplineBasis.At(input, _knots, _splineOrder).flatten(-2, -1);
        return (_base.call(functional.silu(input)) + functional.linear(splines, _splines)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output)
    {
        var rows = 1L;
        foreach (var length in input[..^1])
            rows *= length;
        return rows * _splines.numel();
    }
}
