using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>
/// Unified normalization (Yang et al. 2022): each channel divided by the root of its second moment over batch and tokens, γ x / σ + β.
/// In training σ² is the geometric mean of the last M batches' second moments, and the gradient's statistic is averaged likewise; in
/// evaluation it is a running mean, so that the norm is a fixed linear map (<see cref="FoldNormalization"/>).
/// </summary>
/// <remarks>
/// Where the paper leaves room, the authors' code decides: one order of warm-up, filtration and gradient compensation as described in
/// <see cref="UnifiedNormOptions"/>. Training writes to the buffers, in the forward and in the backward pass: call backward once for
/// each forward. It does not run on the meta device; evaluation does.
/// </remarks>
public sealed class UnifiedNorm : Module<Tensor, Tensor>, IAffineAtInference
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Tensor _runningMoment;
    private readonly Tensor _runningProduct;
    private readonly Tensor _moments;
    private readonly Tensor _products;
    private readonly Tensor _iterations;
    private readonly Tensor _skipped;
    private readonly long _dim;

    /// <summary>A norm at γ = 1, β = 0 and running second moments of 1.</summary>
    /// <param name="dim">Channels, the last axis.</param>
    /// <param name="options">Windows, warm-up, filtration; the authors' defaults unless given.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public UnifiedNorm(long dim, UnifiedNormOptions? options = null, Device? device = null, ScalarType? dtype = null)
        : base(nameof(UnifiedNorm))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        Options = options ?? new UnifiedNormOptions();
        Options.Validate();
        _dim = dim;
        _weight = new Parameter(ones(dim, dtype, device));
        _bias = new Parameter(zeros(dim, dtype, device));
        _runningMoment = ones(dim, dtype, device);
        _runningProduct = zeros(dim, dtype, device);
        _moments = zeros(Options.Window, dim, dtype, device);
        _products = zeros(Options.GradientWindow ?? Options.Window, dim, dtype, device);
        _iterations = zeros(1, int64, device);
        _skipped = zeros(1, int64, device);
        RegisterComponents();
    }

    /// <summary>How statistics are smoothed.</summary>
    public UnifiedNormOptions Options { get; }

    /// <summary>Iterations of training so far.</summary>
    public long Iterations => _iterations.item<long>();

    /// <summary>Iterations that the filtration took out of the window.</summary>
    public long Skipped => _skipped.item<long>();

    /// <summary>The running second moment, (dim).</summary>
    public Tensor RunningSecondMoment => _runningMoment;

    /// <inheritdoc/>
    /// <param name="input">(..., dim).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _dim);
        using var scope = NewDisposeScope();
        if (training)
            return UnifiedNormFunction.apply(input, _weight, _bias, Observe(input)).MoveToOuterDisposeScope();
        var scale = _weight / (_runningMoment + Options.Epsilon).sqrt();
        return addcmul(_bias, input, scale, 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public (Tensor Scale, Tensor Shift) Affine()
    {
        using var inference = no_grad();
        using var root = (_runningMoment + Options.Epsilon).sqrt();
        return (_weight / root, _bias.detach().clone());
    }

    // #region observe
    /// <summary>Takes a batch into the statistics and says what it is normalised by.</summary>
    private UnifiedNormStep Observe(Tensor input)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _iterations.add_(1);
        var iteration = Iterations;
        var moment = input.detach().reshape(-1, _dim).square().mean([0L]);

        var skip = Options.Window == 1;
        var slot = iteration % Options.Window;
        var filled = iteration > Options.Window && iteration >= Options.WarmupIterations;
        var recorded = Options.OutlierFiltration && filled ? _moments.clone() : null;
        _moments.select(0, slot).copy_(moment);
        if (recorded is not null && OutlierFiltration.IsOutlier(recorded, _moments))
        {
            _moments.select(0, slot).copy_(_runningMoment);
            _skipped.add_(1);
            skip = true;
        }
        var smoothed = filled && !skip ? OutlierFiltration.GeometricMean(_moments) : moment;

        var compensated = iteration > Math.Max(Options.CompensationAfter, Options.WarmupIterations) && !skip;
        var ratio = compensated
            ? ((smoothed + Options.Epsilon) / (_runningMoment + Options.Epsilon)).sqrt().clamp(1 / 5.0, 5)
            : null;
        _runningMoment.mul_(Options.Momentum).add_(smoothed, 1 - Options.Momentum);
        return new UnifiedNormStep(
            this, iteration, skip, (smoothed + Options.Epsilon).rsqrt().MoveToOuterDisposeScope(), ratio?.MoveToOuterDisposeScope());
    }
    // #endregion observe

    // #region psi
    /// <summary>Takes mean(g x̂), (dim), of a batch into the statistics and says what is subtracted in its place.</summary>
    internal Tensor ObserveGradient(UnifiedNormStep step, Tensor product)
    {
        var window = _products.shape[0];
        _products.select(0, step.Iteration % window).copy_(step.Skip ? _runningProduct : product);
        var filled = step.Iteration > window && step.Iteration >= Options.WarmupIterations;
        var mean = filled && !step.Skip ? _products.mean([0L]) : product;
        _runningProduct.mul_(Options.Momentum).add_(mean, 1 - Options.Momentum);
        return step.Skip ? mean : _runningProduct;
    }
    // #endregion psi
}
