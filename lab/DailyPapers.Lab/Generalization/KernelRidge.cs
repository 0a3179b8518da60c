using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Kernel ridge regression at one ridge, solved by Cholesky: f(x) = k(x, X)(K + δI)⁻¹ Y, which minimises
/// Σ ‖y − f‖² + δ‖f‖² over the kernel's function space. For many ridges on one sample use <see cref="KernelRidgePath"/>.
/// </summary>
public sealed class KernelRidge : IDisposable
{
    private KernelRidge(Tensor dualCoefficients, double ridge)
    {
        (DualCoefficients, Ridge) = (dualCoefficients.DetachFromDisposeScope(), ridge);
    }

    /// <summary>(K + δI)⁻¹ Y, (n, c); owned by the regression.</summary>
    public Tensor DualCoefficients { get; }

    /// <summary>The ridge δ.</summary>
    public double Ridge { get; }

    /// <summary>Fits the regression.</summary>
    /// <param name="kernel">K, symmetric positive semidefinite, (n, n), float64.</param>
    /// <param name="targets">Y, (n, c), float64.</param>
    /// <param name="ridge">δ ≥ 0; K + δI must be positive definite.</param>
    /// <exception cref="ArgumentException">Shapes disagree, or K + δI is not positive definite in float64.</exception>
    public static KernelRidge Fit(Tensor kernel, Tensor targets, double ridge)
    {
        RequireSample(kernel, targets);
        ArgumentOutOfRangeException.ThrowIfNegative(ridge);
        using var scope = NewDisposeScope();
        var (factor, info) = linalg.cholesky_ex(kernel + eye(kernel.shape[0], dtype: float64) * ridge);
        if (info.item<int>() != 0)
            throw new ArgumentException($"The kernel matrix plus the ridge {ridge} is not positive definite in double precision; use a larger ridge, or KernelRidgePath, which takes the minimum-norm solution.", nameof(ridge));
        return new KernelRidge(cholesky_solve(targets, factor), ridge);
    }

    /// <summary>Predictions (m, c) at points whose kernel with the training sample is <paramref name="kernel"/> (m, n).</summary>
    public Tensor Predict(Tensor kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.mm(DualCoefficients);
    }

    /// <inheritdoc/>
    public void Dispose() => DualCoefficients.Dispose();

    internal static void RequireSample(Tensor kernel, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(targets);
        if (kernel.dim() != 2 || kernel.shape[0] != kernel.shape[1])
            throw new ArgumentException($"A kernel matrix is square, but its shape is [{string.Join(", ", kernel.shape)}].", nameof(kernel));
        if (targets.dim() != 2 || targets.shape[0] != kernel.shape[0])
            throw new ArgumentException($"Expected targets in {kernel.shape[0]} rows, one for each sample of the kernel matrix, but their shape is [{string.Join(", ", targets.shape)}].", nameof(targets));
    }
}
