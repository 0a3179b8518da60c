using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

/// <summary>
/// An AF-KAN layer (arXiv:2503.06112, section 3): every input has G + k functions made of an activation, attention reduces them to
/// one number, and a linear map without bias follows the norm and the activation of those.
/// </summary>
/// <remarks>
/// With F the functions: y = W f(norm(reduce(F))). F is shifted and scaled to [0, 1] over the whole batch, as in the
/// paper's code, so the output for one example depends on the others, in evaluation too; <c>normaliseFunctions: false</c> leaves that
/// out. The ends of the functions are shared by all inputs and trained. Weights come from TorchSharp's global generator; seed it
/// first (<see cref="Seed.SeedTorch"/>).
/// </remarks>
public sealed class ActivationKanLayer : Module<Tensor, Tensor>, ICountsMultiplyAdds
{
    private readonly Parameter _low;
    private readonly Parameter _high;
    private readonly Parameter? _temperature;
    private readonly Linear? _scores;
    private readonly Conv1d? _convolution;
    private readonly Module<Tensor, Tensor>? _norm;
    private readonly Linear _weights;
    private readonly long _inFeatures;
    private readonly int _functions;
    private readonly BaseActivation _activation;
    private readonly FunctionCombination _combination;
    private readonly AttentionReduction _reduction;
    private readonly bool _normaliseFunctions;

    /// <summary>A layer at its initial weights.</summary>
    /// <param name="inFeatures">d_in.</param>
    /// <param name="outFeatures">d_out.</param>
    /// <param name="gridSize">G.</param>
    /// <param name="splineOrder">k.</param>
    /// <param name="activation">f.</param>
    /// <param name="combination">The function made of f(x − s) and f(e − x).</param>
    /// <param name="reduction">How an input's functions become one number.</param>
    /// <param name="norm">The norm of those numbers.</param>
    /// <param name="normaliseFunctions">Whether the functions are shifted and scaled to [0, 1] over the batch.</param>
    /// <param name="trainEnds">Whether s and e are trained.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public ActivationKanLayer(
        int inFeatures, int outFeatures, int gridSize = 3, int splineOrder = 3, BaseActivation activation = BaseActivation.Silu,
        FunctionCombination combination = FunctionCombination.Quad1, AttentionReduction reduction = AttentionReduction.GlobalAttention,
        InputNorm norm = InputNorm.Layer, bool normaliseFunctions = true, bool trainEnds = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ActivationKanLayer))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        var (low, high) = ActivationBasis.Ends(gridSize, splineOrder);
        (_inFeatures, _functions, _activation, _combination, _reduction, _normaliseFunctions) = (inFeatures, low.Length, activation, combination, reduction, normaliseFunctions);
        _low = new Parameter(tensor(low, dtype: dtype ?? float32, device: device), trainEnds);
        _high = new Parameter(tensor(high, dtype: dtype ?? float32, device: device), trainEnds);
        if (reduction == AttentionReduction.SpatialAttention)
            _convolution = Conv1d(_functions, _functions, 3, padding: 1, groups: _functions, device: device, dtype: dtype);
        else
            _scores = Linear(_functions, 1, true, device, dtype);
        if (reduction != AttentionReduction.Multistep)
            _temperature = new Parameter(full([1], Math.Sqrt(inFeatures), dtype: dtype ?? float32, device: device));
        _norm = Norms.Create(norm, inFeatures, device, dtype);
        _weights = Linear(inFeatures, outFeatures, false, device, dtype);
        RegisterComponents();
    }

    /// <summary>W, from d_in to d_out.</summary>
    public Linear Weights => _weights;

    /// <summary>Parameters of a layer whose ends are trained, with a layer or batch norm.</summary>
    /// <param name="inFeatures">d_in.</param>
    /// <param name="outFeatures">d_out.</param>
    /// <param name="gridSize">G.</param>
    /// <param name="splineOrder">k.</param>
    /// <param name="reduction">How an input's functions become one number.</param>
    public static long ParameterCount(
        int inFeatures, int outFeatures, int gridSize = 3, int splineOrder = 3, AttentionReduction reduction = AttentionReduction.GlobalAttention)
    {
        var functions = gridSize + splineOrder;
        var reducing = reduction switch
        {
            AttentionReduction.SpatialAttention => 4L * functions + 1,
            AttentionReduction.GlobalAttention => functions + 2,
            _ => functions + 1,
        };
        return (long)inFeatures * outFeatures + 2L * inFeatures + 2L * functions + reducing;
    }

    /// <summary>The functions of every input, (n, d_in, G + k).</summary>
    /// <param name="input">(n, d_in).</param>
    public Tensor Functions(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _inFeatures);
        using var scope = NewDisposeScope();
        var functions = ActivationBasis.At(input, _low, _high, _activation, _combination);
        if (_normaliseFunctions && functions.numel() > 0)
        {
            // The paper's code divides by the batch's norm first, which the range undoes.
            var least = functions.min();
            functions = (functions - least) / (functions.max() - least).clamp_min(1e-12);
        }
        return functions.MoveToOuterDisposeScope();
    }

    // #region reduce
    /// <summary>One number for every input, (n, d_in).</summary>
    /// <param name="functions">(n, d_in, G + k).</param>
    public Tensor Reduce(Tensor functions)
    {
        TensorShape.Require(functions, nameof(functions), TensorShape.Any, _inFeatures, _functions);
        using var scope = NewDisposeScope();
        if (_reduction == AttentionReduction.Multistep)
            return _scores!.call(functions).squeeze(-1).MoveToOuterDisposeScope();
        var temperature = _temperature!.clamp_min(1);
        if (_reduction == AttentionReduction.GlobalAttention)
            return (functions.sum(-1) * (_scores!.call(functions).squeeze(-1) / temperature).softmax(-1)).MoveToOuterDisposeScope();
        var weights = (_convolution!.call(functions.transpose(1, 2)) / temperature).softmax(1);
        return (functions * weights.transpose(1, 2)).sum(-1).MoveToOuterDisposeScope();
    }
    // #endregion reduce

    /// <inheritdoc/>
    /// <param name="input">(n, d_in).</param>
    /// <returns>(n, d_out).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var reduced = Reduce(Functions(input));
        return _weights.call(ActivationBasis.Activate(_activation, _norm is null ? reduced : _norm.call(reduced))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output) => _reduction == AttentionReduction.SpatialAttention ? input[0] * _inFeatures * _functions : 0;
}
