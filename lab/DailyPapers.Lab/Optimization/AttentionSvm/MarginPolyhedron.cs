using System.Numerics.Tensors;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>The points x with φ_jᵀx ≥ 1 for all j: what a hard-margin support vector machine without bias searches.</summary>
/// <remarks>
/// The nearest point is a least-distance problem, which Lawson and Hanson (Solving Least Squares Problems, chapter 23) turn into
/// non-negative least squares: finite, exact up to rounding, and it says when the polyhedron is empty. Only inner products of the
/// constraints enter, so a step costs by their number, not by the dimension.
/// </remarks>
public sealed class MarginPolyhedron
{
    /// <summary>A polyhedron farther from the point than this counts as empty: it needs weights of that norm.</summary>
    public const double Farthest = 1e5;

    private readonly double[] _normals; // (m, p)
    private readonly double[] _gram;    // (m, m)

    /// <summary>Takes the constraints' normals φ_j, row-major (m, p).</summary>
    /// <exception cref="ArgumentException">There is no constraint, or the numbers are not whole rows.</exception>
    public MarginPolyhedron(double[] normals, int dimension)
    {
        ArgumentNullException.ThrowIfNull(normals);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (normals.Length == 0 || normals.Length % dimension != 0)
            throw new ArgumentException($"Constraints in {dimension} dimensions are rows of {dimension} numbers; there are {normals.Length} numbers.", nameof(normals));
        (_normals, Dimension, Constraints) = ((double[])normals.Clone(), dimension, normals.Length / dimension);
        _gram = new double[Constraints * Constraints];
        for (var i = 0; i < Constraints; i++)
            for (var j = 0; j < Constraints; j++)
                _gram[i * Constraints + j] = TensorPrimitives.Dot(Normal(i), Normal(j));
    }

    /// <summary>p.</summary>
    public int Dimension { get; }

    /// <summary>m.</summary>
    public int Constraints { get; }

    /// <summary>φ_j, (p).</summary>
    public ReadOnlySpan<double> Normal(int constraint) => _normals.AsSpan(constraint * Dimension, Dimension);

    /// <summary>φ_jᵀx of every constraint, (m).</summary>
    public double[] Margins(double[] point) => [.. Enumerable.Range(0, Constraints).Select(j => TensorPrimitives.Dot(Normal(j), point))];

    /// <summary>The point nearest to the origin, which is the support vector machine's, and its multipliers (m); null when there is none.</summary>
    public (double[] Point, double[] Multipliers)? LeastNorm() => Nearest(new double[Dimension]);

    // #region nearest
    /// <summary>The point nearest to <paramref name="point"/>, which is x = point + Σ λ_j φ_j, and the multipliers λ ≥ 0; null when there is none.</summary>
    public (double[] Point, double[] Multipliers)? Nearest(double[] point)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Length != Dimension)
            throw new ArgumentException($"The point has {point.Length} coordinates, the constraints {Dimension}.", nameof(point));
        // With y = x − point and h_j = 1 − φ_jᵀpoint: least ‖y‖ under φ_jᵀy ≥ h_j, by least ‖Σ a_j φ_j‖² + (hᵀa − 1)² over a ≥ 0.
        var h = Margins(point).Select(margin => 1 - margin).ToArray();
        if (h.All(value => value <= 0))
            return ((double[])point.Clone(), new double[Constraints]);
        var matrix = new double[_gram.Length];
        for (var i = 0; i < Constraints; i++)
            for (var j = 0; j < Constraints; j++)
                matrix[i * Constraints + j] = _gram[i * Constraints + j] + h[i] * h[j];
        var multipliers = NonNegativeLeastSquares.Solve(matrix, h);
        // The residual's square, 1 − hᵀa, is 1/(1 + distance²); it vanishes when no point satisfies all constraints.
        var residual = 1 - TensorPrimitives.Dot<double>(h, multipliers);
        if (residual < 1 / (1 + Farthest * Farthest))
            return null;
        TensorPrimitives.Divide(multipliers, residual, multipliers);
        var nearest = (double[])point.Clone();
        for (var j = 0; j < Constraints; j++)
            TensorPrimitives.MultiplyAdd(Normal(j), multipliers[j], nearest, nearest);
        return (nearest, multipliers);
    }
    // #endregion nearest
}
