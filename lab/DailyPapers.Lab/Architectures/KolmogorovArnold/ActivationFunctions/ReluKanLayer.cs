using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

/// <summary>
/// A ReLU-KAN layer (Qiu et al. 2024, arXiv:2406.02075, section 3): every input has G + k bumps
/// [ReLU(e − x) ReLU(x − s)]² 16/(e − s)⁴ with peak 1, and every output sums all bumps with weights of its own.
/// </summary>
/// <remarks>
/// The ends s and e of every input's bumps are trained too; the factor stays as it began. Weights come from TorchSharp's global
/// generator; seed it first (<see cref="Seed.SeedTorch"/>).
/// </remarks>
public sealed class ReluKanLayer : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>? _norm;
    private readonly Parameter _low;
    private readonly Parameter _high;
    private readonly Linear _weights;
    private readonly long _inFeatures;
    private readonly double _factor;

    /// <summary>A layer at its initial weights.</summary>
    /// <param name="inFeatures">d_in.</param>
    /// <param name="outFeatures">d_out.</param>
    /// <param name="gridSize">G.</param>
    /// <param name="splineOrder">k.</param>
    /// <param name="norm">The norm before the bumps.</param>
    /// <param name="trainEnds">Whether s and e are trained.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public ReluKanLayer(
        int inFeatures, int outFeatures, int gridSize = 3, int splineOrder = 3, InputNorm norm = InputNorm.Layer, bool trainEnds = true,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(ReluKanLayer))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        var (low, high) = ActivationBasis.Ends(gridSize, splineOrder);
        _inFeatures = inFeatures;
        var width = (splineOrder + 1.0) / gridSize;
        _factor = 16 / Math.Pow(width, 4);
        _norm = Norms.Create(norm, inFeatures, device, dtype);
        _low = Ends(low);
        _high = Ends(high);
        _weights = Linear(inFeatures * (long)low.Length, outFeatures, true, device, dtype);
        RegisterComponents();

        Parameter Ends(double[] values)
        {
            using var row = tensor(values, 1, values.Length, dtype: dtype ?? float32, device: device);
            return new Parameter(row.repeat(inFeatures, 1), trainEnds);
        }
    }

    /// <summary>The bumps' weights and a bias, from d_in (G + k) to d_out; the bumps of an input stand side by side.</summary>
    public Linear Weights => _weights;

    // #region relu
    /// <summary>The bumps, (n, d_in, G + k).</summary>
    /// <param name="input">(n, d_in), already normalised.</param>
    public Tensor Bumps(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _inFeatures);
        using var scope = NewDisposeScope();
        return (ActivationBasis.At(input, _low, _high, BaseActivation.Relu, FunctionCombination.Quad1) * _factor).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <param name="input">(n, d_in).</param>
    /// <returns>(n, d_out).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _inFeatures);
        using var scope = NewDisposeScope();
        return _weights.call(Bumps(_norm is null ? input : _norm.call(input)).flatten(1)).MoveToOuterDisposeScope();
    }
    // #endregion relu
}
