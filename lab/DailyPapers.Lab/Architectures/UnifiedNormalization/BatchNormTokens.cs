using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>Batch normalization (Ioffe and Szegedy 2015) of tokens: mean and variance of each channel over batch and tokens.</summary>
public sealed class BatchNormTokens : Module<Tensor, Tensor>, IAffineAtInference
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Tensor _runningMean;
    private readonly Tensor _runningVariance;
    private readonly long _dim;
    private readonly double _momentum;
    private readonly double _epsilon;

    /// <summary>A norm at γ = 1, β = 0, running means of 0 and variances of 1.</summary>
    /// <param name="dim">Channels, the last axis.</param>
    /// <param name="momentum">The share of a batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public BatchNormTokens(long dim, double momentum = 0.1, double epsilon = 1e-5, Device? device = null, ScalarType? dtype = null)
        : base(nameof(BatchNormTokens))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        (_dim, _momentum, _epsilon) = (dim, momentum, epsilon);
        _weight = new Parameter(ones(dim, dtype, device));
        _bias = new Parameter(zeros(dim, dtype, device));
        _runningMean = zeros(dim, dtype, device);
        _runningVariance = ones(dim, dtype, device);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">(..., dim).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _dim);
        using var scope = NewDisposeScope();
        var flat = functional.batch_norm(input.reshape(-1, _dim), _runningMean, _runningVariance, _weight, _bias, training, _momentum, _epsilon);
        return flat.reshape(input.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public (Tensor Scale, Tensor Shift) Affine()
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var scale = _weight / (_runningVariance + _epsilon).sqrt();
        return (scale.MoveToOuterDisposeScope(), (_bias - _runningMean * scale).MoveToOuterDisposeScope());
    }
}
