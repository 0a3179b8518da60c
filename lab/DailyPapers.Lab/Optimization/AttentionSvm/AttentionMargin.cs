using System.Numerics.Tensors;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>
/// The support vector machine of attention (arXiv:2308.16898, equation Att-SVM): least norm of W such that (x_ia − x_it)ᵀWz_i ≥ 1 for the
/// selected token a of every sequence i against each other token t.
/// </summary>
public static class AttentionMargin
{
    // #region constraints
    /// <summary>The constraints' normals vec((x_ia − x_it)z_iᵀ), n(T − 1) rows of d².</summary>
    /// <exception cref="ArgumentException">There is not one selected token for each sequence.</exception>
    public static MarginPolyhedron Constraints(AttentionProblem problem, IReadOnlyList<int> selected)
    {
        CheckSelected(problem, selected);
        var d = problem.Dimension;
        var normals = new double[problem.Count * (problem.Length - 1) * d * d];
        var place = 0;
        var difference = new double[d];
        for (var i = 0; i < problem.Count; i++)
            for (var t = 0; t < problem.Length; t++)
            {
                if (t == selected[i])
                    continue;
                TensorPrimitives.Subtract(problem.Token(i, selected[i]), problem.Token(i, t), difference);
                foreach (var coordinate in difference)
                {
                    TensorPrimitives.Multiply(problem.Query(i), coordinate, normals.AsSpan(place, d));
                    place += d;
                }
            }
        return new(normals, d * d);
    }
    // #endregion constraints

    /// <summary>W of least Frobenius norm, row-major (d, d); null when no W separates the selected tokens.</summary>
    public static double[]? Frobenius(AttentionProblem problem, IReadOnlyList<int> selected) => Constraints(problem, selected).LeastNorm()?.Point;

    /// <summary>W of least nuclear norm; null when no W separates the selected tokens.</summary>
    public static NuclearMargin? Nuclear(AttentionProblem problem, IReadOnlyList<int> selected) => NuclearMargin.Solve(Constraints(problem, selected));

    /// <summary>⟨A, B⟩ / (‖A‖_F ‖B‖_F), from −1 to 1; NaN when one of them is zero.</summary>
    public static double Correlation(double[] a, double[] b) => TensorPrimitives.CosineSimilarity<double>(a, b);

    /// <summary>
    /// Whether the selected tokens are locally optimal (definition 2): in every sequence the selected token's score is above that of each
    /// support vector, which is a token whose margin under W_mm is 1.
    /// </summary>
    /// <param name="problem">The data.</param>
    /// <param name="selected">a, one token for each sequence.</param>
    /// <param name="tolerance">A margin within this of 1 counts as 1.</param>
    /// <exception cref="ArgumentException">No W separates the selected tokens.</exception>
    public static bool IsLocallyOptimal(AttentionProblem problem, IReadOnlyList<int> selected, double tolerance = 1e-6)
    {
        var constraints = Constraints(problem, selected);
        var solution = constraints.LeastNorm() ?? throw new ArgumentException("No weights separate these tokens; local optimality is undefined.", nameof(selected));
        var margins = constraints.Margins(solution.Point);
        var constraint = 0;
        for (var i = 0; i < problem.Count; i++)
            for (var t = 0; t < problem.Length; t++)
                if (t != selected[i] && margins[constraint++] <= 1 + tolerance && problem.Scores(i)[t] >= problem.Scores(i)[selected[i]])
                    return false;
        return true;
    }

    private static void CheckSelected(AttentionProblem problem, IReadOnlyList<int> selected)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(selected);
        if (selected.Count != problem.Count || selected.Any(token => token < 0 || token >= problem.Length))
            throw new ArgumentException($"Each of {problem.Count} sequences needs a selected token from 0 to {problem.Length - 1}.", nameof(selected));
    }
}
