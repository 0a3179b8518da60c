using System.Numerics.Tensors;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>The matrix of least nuclear norm that satisfies margin constraints, with a certificate (arXiv:2308.16898, equation Att-SVM with ‖·‖_*).</summary>
public sealed class NuclearMargin
{
    private NuclearMargin(double[] matrix, double norm, double lowerBound) => (Matrix, Norm, LowerBound) = (matrix, norm, lowerBound);

    /// <summary>W, row-major (d, d), which satisfies the constraints.</summary>
    public double[] Matrix { get; }

    /// <summary>‖W‖_*.</summary>
    public double Norm { get; }

    /// <summary>What no feasible matrix's nuclear norm can be below, by duality: Σ λ_j for λ ≥ 0 with ‖Σ λ_j φ_j‖₂ ≤ 1.</summary>
    public double LowerBound { get; }

    // #region admm
    /// <summary>
    /// Alternating directions (ADMM): singular values are shrunk in turn with the projection onto the constraints, until norm and lower bound
    /// agree.
    /// </summary>
    /// <param name="constraints">Rows of d² numbers.</param>
    /// <param name="gap">The relative difference of norm and lower bound to stop at.</param>
    /// <param name="iterations">The most iterations; the result then has a larger gap.</param>
    /// <returns>Null when no matrix satisfies the constraints.</returns>
    public static NuclearMargin? Solve(MarginPolyhedron constraints, double gap = 1e-5, int iterations = 5000)
    {
        ArgumentNullException.ThrowIfNull(constraints);
        if (constraints.LeastNorm() is not { } start)
            return null;
        // The penalty is set by the solution's size, so that scaling the data changes nothing.
        var feasible = start.Point;
        var penalty = Math.Sqrt(constraints.Dimension) / SingularValues.NuclearNorm(feasible);
        var (offset, argument) = (new double[feasible.Length], new double[feasible.Length]);
        NuclearMargin? best = null;
        for (var iteration = 1; iteration <= iterations; iteration++)
        {
            TensorPrimitives.Subtract(feasible, offset, argument);
            var shrunk = SingularValues.SoftThreshold(argument, 1 / penalty);
            TensorPrimitives.Add(shrunk, offset, argument);
            var (point, multipliers) = constraints.Nearest(argument)
                ?? throw new InvalidOperationException("A polyhedron that had a point has lost it to rounding.");
            feasible = point;
            TensorPrimitives.Subtract(argument, feasible, offset);
            if (iteration % 10 != 0)
                continue;
            best = Better(best, constraints, feasible, multipliers);
            if (best.Norm - best.LowerBound <= gap * best.Norm)
                break;
        }
        return best;
    }
    // #endregion admm

    private static NuclearMargin Better(NuclearMargin? best, MarginPolyhedron constraints, double[] feasible, double[] multipliers)
    {
        var combination = new double[feasible.Length];
        for (var j = 0; j < multipliers.Length; j++)
            TensorPrimitives.MultiplyAdd(constraints.Normal(j), multipliers[j], combination, combination);
        var spectral = SingularValues.Of(combination)[0];
        var bound = Math.Max(best?.LowerBound ?? 0, spectral > 0 ? multipliers.Sum() / spectral : 0);
        var norm = SingularValues.NuclearNorm(feasible);
        return best is not null && best.Norm <= norm ? new(best.Matrix, best.Norm, bound) : new(feasible, norm, bound);
    }
}
