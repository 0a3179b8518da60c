using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>
/// The adaptive test for an outlying batch. By a refined inequality of the means, M numbers x have
/// AM(x) − GM(x) ≤ M · Var(√x); a new number that breaks this bound, with the variance of the window before it came, is not of the
/// same kind as the others.
/// </summary>
public static class OutlierFiltration
{
    /// <summary>Arithmetic less geometric mean over the window, (dim).</summary>
    /// <param name="moments">Second moments, (M, dim), not negative.</param>
    public static Tensor Gap(Tensor moments)
    {
        TensorShape.Require(moments, nameof(moments), TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        return (moments.mean([0L]) - GeometricMean(moments)).MoveToOuterDisposeScope();
    }

    /// <summary>M · Var(√x), a scalar; as in the authors' code one variance, unbiased, over all channels and iterations of the window.</summary>
    /// <param name="recorded">Second moments before the newest came, (M, dim).</param>
    public static Tensor Threshold(Tensor recorded)
    {
        TensorShape.Require(recorded, nameof(recorded), TensorShape.Any, TensorShape.Any);
        using var scope = NewDisposeScope();
        return (recorded.sqrt().var() * recorded.shape[0]).MoveToOuterDisposeScope();
    }

    // #region outlier
    /// <summary>Whether any channel's gap is beyond the threshold.</summary>
    /// <param name="recorded">The window before the newest second moments came, (M, dim).</param>
    /// <param name="updated">The window with them, (M, dim).</param>
    public static bool IsOutlier(Tensor recorded, Tensor updated)
    {
        using var scope = NewDisposeScope();
        return (Gap(updated) > Threshold(recorded)).any().item<bool>();
    }
    // #endregion outlier

    internal static Tensor GeometricMean(Tensor moments) => moments.log().mean([0L]).exp();
}
