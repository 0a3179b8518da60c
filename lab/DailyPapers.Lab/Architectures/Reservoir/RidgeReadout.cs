using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>
/// A linear readout with an intercept, fitted by ridge regression in primal form: W = Y Rᵀ (R Rᵀ + λI)⁻¹ with r extended by a 1. For
/// fewer samples than features, <see cref="Generalization.KernelRidge"/> is the cheaper form of the same.
/// </summary>
public sealed class RidgeReadout : IDisposable
{
    private RidgeReadout(Tensor weights) => Weights = weights.DetachFromDisposeScope();

    /// <summary>Weights (N + 1, outputs), the intercept last; owned by the readout.</summary>
    public Tensor Weights { get; }

    /// <summary>Fits the readout.</summary>
    /// <param name="states">R, (T, N), float64.</param>
    /// <param name="targets">Y, (T, outputs), float64.</param>
    /// <param name="ridge">λ, positive; it acts on the intercept too, and is not divided by T.</param>
    /// <exception cref="ArgumentException">Rows differ, or R Rᵀ + λI is not positive definite in double precision.</exception>
    public static RidgeReadout Fit(Tensor states, Tensor targets, double ridge)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ridge);
        if (states.dim() != 2 || targets.dim() != 2 || states.shape[0] != targets.shape[0])
            throw new ArgumentException($"Expected states (T, N) and targets (T, outputs), not [{string.Join(", ", states.shape)}] and [{string.Join(", ", targets.shape)}].", nameof(targets));
        using var scope = NewDisposeScope();
        // Kept until it is used: a scalar that is made for a call may be finalised before the native code has read it.
        using Scalar lambda = ridge;
        var extended = Extend(states);
        var (factor, info) = linalg.cholesky_ex(extended.t().mm(extended) + eye(extended.shape[1], dtype: float64) * lambda);
        if (info.item<int>() != 0)
            throw new ArgumentException($"The states' Gram matrix plus the ridge {ridge} is not positive definite in double precision; use a larger ridge.", nameof(ridge));
        return new(cholesky_solve(extended.t().mm(targets), factor));
    }

    /// <summary>Outputs (T, outputs) for states (T, N).</summary>
    public Tensor Predict(Tensor states)
    {
        ArgumentNullException.ThrowIfNull(states);
        using var scope = NewDisposeScope();
        return Extend(states).mm(Weights).MoveToOuterDisposeScope();
    }

    /// <summary>Root-mean-square errors by output, in units of the target's standard deviation on the same rows (NRMSE), (outputs).</summary>
    /// <param name="predictions">(T, outputs).</param>
    /// <param name="targets">(T, outputs).</param>
    public static double[] NormalizedErrors(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        var variance = (targets - targets.mean([0L], keepdim: true)).square().mean([0L]);
        return [.. ((predictions - targets).square().mean([0L]) / variance).sqrt().data<double>()];
    }

    /// <inheritdoc/>
    public void Dispose() => Weights.Dispose();

    private static Tensor Extend(Tensor states) => cat([states, ones([states.shape[0], 1], dtype: float64)], 1);
}
