using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold;

/// <summary>B-splines of degree k on a uniform grid of G intervals, by the recursion of Cox and de Boor.</summary>
/// <remarks>The grid goes on by k intervals at both ends, so that the G + k splines sum to 1 everywhere within it.</remarks>
public static class BSplineBasis
{
    /// <summary>The G + 2k + 1 knots.</summary>
    /// <param name="gridSize">G, at least 1.</param>
    /// <param name="splineOrder">k, at least 0.</param>
    /// <param name="from">The grid's lower end.</param>
    /// <param name="to">Its upper end.</param>
    public static double[] Knots(int gridSize, int splineOrder, double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gridSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(splineOrder);
        if (!(to > from))
            throw new ArgumentException($"A grid needs an upper end above its lower end {from}, not {to}.", nameof(to));
        return [.. Enumerable.Range(-splineOrder, gridSize + 2 * splineOrder + 1).Select(i => from + i * (to - from) / gridSize)];
    }

    // #region basis
    /// <summary>All splines at all points.</summary>
    /// <param name="x">(...).</param>
    /// <param name="knots">(G + 2k + 1), equally spaced.</param>
    /// <param name="splineOrder">k.</param>
    /// <returns>(..., G + k).</returns>
    public static Tensor At(Tensor x, Tensor knots, int splineOrder)
    {
        ArgumentNullException.ThrowIfNull(x);
        TensorShape.Require(knots, nameof(knots), TensorShape.Any);
        using var scope = NewDisposeScope();
        var count = knots.shape[0];
        // Distance from every knot, in intervals: with equal spacing the recursion's denominators are whole numbers.
        var spacing = (knots[-1] - knots[0]) / (count - 1);
        var places = (x.unsqueeze(-1) - knots) / spacing;
        var passed = places.detach().ge(0).to(x.dtype);
        var splines = passed.narrow(-1, 0, count - 1) - passed.narrow(-1, 1, count - 1);
        for (var degree = 1; degree <= splineOrder; degree++)
        {
            var left = count - 1 - degree;
            splines = (places.narrow(-1, 0, left) * splines.narrow(-1, 0, left) - places.narrow(-1, degree + 1, left) * splines.narrow(-1, 1, left)) / degree;
        }
        return splines.MoveToOuterDisposeScope();
    }
    // #endregion basis
}
