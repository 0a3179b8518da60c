using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Kernel ridge regression at every ridge, from one eigendecomposition K = QΛQᵀ. After the O(n³) decomposition each ridge
/// costs O(n²), and δ = 0 is the minimum-norm interpolator.
/// </summary>
/// <remarks>
/// Ridge regression on features F is the case K = FFᵀ, whose feature weights are Fᵀ times the dual coefficients.
/// </remarks>
public sealed class KernelRidgePath : IDisposable
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly Tensor _eigenvalues; // (n)
    private readonly Tensor _eigenvectors; // (n, n)
    private readonly Tensor _rotatedTargets; // (n, c), Qᵀ Y
    private readonly Tensor _kept; // (n), 1 where the eigenvalue is not rounding noise

    /// <summary>Decomposes a kernel matrix.</summary>
    /// <param name="kernel">K, symmetric positive semidefinite, (n, n), float64.</param>
    /// <param name="targets">Y, (n, c), float64.</param>
    public KernelRidgePath(Tensor kernel, Tensor targets)
    {
        KernelRidge.RequireSample(kernel, targets);
        using var scope = NewDisposeScope();
        var (eigenvalues, eigenvectors) = linalg.eigh(kernel);
        _kept = eigenvalues.gt(eigenvalues.max() * (kernel.shape[0] * MachineEpsilon)).to(float64).DetachFromDisposeScope();
        _eigenvalues = eigenvalues.clamp_min(0).DetachFromDisposeScope();
        _eigenvectors = eigenvectors.DetachFromDisposeScope();
        _rotatedTargets = eigenvectors.t().mm(targets).DetachFromDisposeScope();
    }

    private KernelRidgePath(KernelRidgePath decomposed, Tensor targets)
    {
        using var scope = NewDisposeScope();
        // Aliases share the memory but have an owner of their own.
        _kept = decomposed._kept.alias().DetachFromDisposeScope();
        _eigenvalues = decomposed._eigenvalues.alias().DetachFromDisposeScope();
        _eigenvectors = decomposed._eigenvectors.alias().DetachFromDisposeScope();
        _rotatedTargets = _eigenvectors.t().mm(targets).DetachFromDisposeScope();
    }

    /// <summary>Number of training samples n.</summary>
    public long Samples => _eigenvalues.shape[0];

    /// <summary>The same inputs with other targets (n, c'), without a second decomposition; disposed on its own.</summary>
    public KernelRidgePath WithTargets(Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.dim() != 2 || targets.shape[0] != Samples)
            throw new ArgumentException($"Expected targets in {Samples} rows, but their shape is [{string.Join(", ", targets.shape)}].", nameof(targets));
        return new KernelRidgePath(this, targets);
    }

    /// <summary>Dual coefficients (K + δI)⁻¹ Y, (n, c); at δ = 0 those of the pseudo-inverse.</summary>
    /// <param name="ridge">δ ≥ 0.</param>
    public Tensor DualCoefficients(double ridge)
    {
        using var scope = NewDisposeScope();
        return _eigenvectors.mm(RotatedCoefficients(ridge)).MoveToOuterDisposeScope();
    }

    /// <summary>Mean squared error on the training sample, summed over the c outputs.</summary>
    /// <param name="ridge">δ ≥ 0.</param>
    public double TrainError(double ridge)
    {
        using var scope = NewDisposeScope();
        var residual = _rotatedTargets - _eigenvalues.unsqueeze(1) * RotatedCoefficients(ridge);
        return residual.square().sum().item<double>() / Samples;
    }

    /// <summary>
    /// Generalised cross-validation, the estimate of the test error from the training sample alone:
    /// E_train / (δ/n · tr (K+δI)⁻¹)².
    /// </summary>
    /// <remarks>It is the eigenframework's identity E_train = (δ/(nκ))² E_test with κ⁻¹ = tr (K+δI)⁻¹.</remarks>
    /// <param name="ridge">δ ≥ 0; at 0 the limit, which needs a kernel matrix of full rank.</param>
    public double GeneralizedCrossValidation(double ridge)
    {
        using var scope = NewDisposeScope();
        var inverses = InverseEigenvalues(ridge);
        var trace = inverses.sum().item<double>();
        return Samples * (inverses.unsqueeze(1) * _rotatedTargets).square().sum().item<double>() / (trace * trace);
    }

    /// <summary>The implicit ridge κ of this sample, 1 / tr (K+δI)⁻¹.</summary>
    /// <param name="ridge">δ ≥ 0.</param>
    public double ImplicitRidge(double ridge)
    {
        using var scope = NewDisposeScope();
        return 1 / InverseEigenvalues(ridge).sum().item<double>();
    }

    /// <summary>Mean squared errors, summed over outputs, on a test sample at several ridges.</summary>
    /// <param name="kernel">Kernel (m, n) of the test sample with the training sample.</param>
    /// <param name="targets">Test targets (m, c).</param>
    /// <param name="ridges">Ridges ≥ 0.</param>
    public double[] TestErrors(Tensor kernel, Tensor targets, IReadOnlyList<double> ridges)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(ridges);
        using var scope = NewDisposeScope();
        var rotated = kernel.mm(_eigenvectors);
        var errors = new double[ridges.Count];
        for (var i = 0; i < errors.Length; i++)
        {
            using var inner = NewDisposeScope();
            errors[i] = (rotated.mm(RotatedCoefficients(ridges[i])) - targets).square().sum().item<double>() / targets.shape[0];
        }

        return errors;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _eigenvalues.Dispose();
        _eigenvectors.Dispose();
        _rotatedTargets.Dispose();
        _kept.Dispose();
    }

    private Tensor RotatedCoefficients(double ridge) => InverseEigenvalues(ridge).unsqueeze(1) * _rotatedTargets;

    private Tensor InverseEigenvalues(double ridge)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ridge);
        return ridge > 0 ? (_eigenvalues + ridge).reciprocal() : _kept / _eigenvalues.clamp_min(double.Epsilon);
    }
}
