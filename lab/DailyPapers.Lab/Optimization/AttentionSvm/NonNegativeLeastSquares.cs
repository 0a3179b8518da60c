using System.Numerics.Tensors;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>Least ½ aᵀMa − cᵀa over a ≥ 0 by the active-set method of Lawson and Hanson (Solving Least Squares Problems, chapter 23).</summary>
public static class NonNegativeLeastSquares
{
    private const double Tolerance = 1e-11;

    /// <summary>Solves for a symmetric positive semidefinite M = EᵀE, row-major (m, m), and c = Eᵀf, (m).</summary>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public static double[] Solve(double[] matrix, double[] target)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(target);
        var m = target.Length;
        if (matrix.Length != m * m)
            throw new ArgumentException($"A target of {m} numbers needs a matrix of {m * m}, not {matrix.Length}.", nameof(matrix));
        var solution = new double[m];
        var free = new List<int>();
        var rejected = new HashSet<int>();
        var scale = Enumerable.Range(0, m).Max(j => Math.Sqrt(matrix[j * m + j]));
        for (var iteration = 0; iteration < 20 * m; iteration++)
        {
            var entering = MostViolated(matrix, target, solution, free, rejected, Tolerance * Math.Max(scale, double.Epsilon));
            if (entering < 0)
                break;
            free.Add(entering);
            if (Restrict(matrix, target, solution, free))
                rejected.Clear();
            else
                rejected.Add(entering);
        }
        return solution;
    }

    private static int MostViolated(double[] matrix, double[] target, double[] solution, List<int> free, HashSet<int> rejected, double tolerance)
    {
        var (entering, largest, m) = (-1, tolerance, target.Length);
        for (var j = 0; j < m; j++)
        {
            if (free.Contains(j) || rejected.Contains(j))
                continue;
            var slope = target[j] - TensorPrimitives.Dot<double>(matrix.AsSpan(j * m, m), solution);
            if (slope > largest)
                (entering, largest) = (j, slope);
        }
        return entering;
    }

    // Moves to the least value over the free coordinates, giving up those that would turn negative. False, and nothing changed, when
    // the last one to be freed depends on the others up to rounding.
    private static bool Restrict(double[] matrix, double[] target, double[] solution, List<int> free)
    {
        var entering = free[^1];
        while (free.Count > 0)
        {
            var trial = SolveFree(matrix, target, free);
            if (trial is null || free[^1] == entering && trial[^1] <= 0)
            {
                if (free[^1] != entering)
                    return true;
                free.RemoveAt(free.Count - 1);
                return false;
            }
            var step = 1.0;
            for (var k = 0; k < free.Count; k++)
                if (trial[k] <= 0)
                    step = Math.Min(step, solution[free[k]] / (solution[free[k]] - trial[k]));
            for (var k = 0; k < free.Count; k++)
                solution[free[k]] += step * (trial[k] - solution[free[k]]);
            if (step >= 1)
                return true;
            for (var k = free.Count - 1; k >= 0; k--)
                if (trial[k] <= 0 && solution[free[k]] <= 1e-15 * Math.Abs(trial[k]))
                {
                    solution[free[k]] = 0;
                    free.RemoveAt(k);
                }
        }
        return true;
    }

    // The free coordinates at which the gradient vanishes, by Cholesky's factors; null when they are not positive definite.
    private static double[]? SolveFree(double[] matrix, double[] target, List<int> free)
    {
        var (k, m) = (free.Count, target.Length);
        var lower = new double[k * k];
        for (var row = 0; row < k; row++)
            for (var column = 0; column <= row; column++)
            {
                var value = matrix[free[row] * m + free[column]]
                    - TensorPrimitives.Dot<double>(lower.AsSpan(row * k, column), lower.AsSpan(column * k, column));
                if (row == column && value <= 1e-14 * matrix[free[row] * m + free[row]])
                    return null;
                lower[row * k + column] = row == column ? Math.Sqrt(value) : value / lower[column * k + column];
            }
        var solution = new double[k];
        for (var row = 0; row < k; row++)
            solution[row] = (target[free[row]] - TensorPrimitives.Dot<double>(lower.AsSpan(row * k, row), solution.AsSpan(0, row))) / lower[row * k + row];
        for (var row = k - 1; row >= 0; row--)
        {
            for (var below = row + 1; below < k; below++)
                solution[row] -= lower[below * k + row] * solution[below];
            solution[row] /= lower[row * k + row];
        }
        return solution;
    }
}
