using DailyPapers.Lab.Numerics;

namespace DailyPapers.Lab.Optimization.AttentionSvm;

/// <summary>Singular values of square matrices, row-major (d, d), and what is made from them.</summary>
/// <remarks>They are square roots of eigenvalues of WᵀW, hence accurate to about 1e-8 of the largest.</remarks>
public static class SingularValues
{
    /// <summary>Singular values in falling order, (d).</summary>
    public static double[] Of(double[] matrix) => Decompose(matrix).Values;

    /// <summary>‖W‖_*, the sum of the singular values.</summary>
    public static double NuclearNorm(double[] matrix) => Of(matrix).Sum();

    /// <summary>The exponential of the entropy of the normalised singular values, from 1 to d (Roy and Vetterli 2007).</summary>
    public static double EffectiveRank(double[] matrix)
    {
        var values = Of(matrix);
        var total = values.Sum();
        return total > 0
            ? Math.Exp(-values.Where(value => value > 0).Sum(value => value / total * Math.Log(value / total)))
            : throw new ArgumentException("A zero matrix has no effective rank.", nameof(matrix));
    }

    /// <summary>U max(Σ − threshold, 0) Vᵀ, the proximal map of threshold·‖·‖_*.</summary>
    public static double[] SoftThreshold(double[] matrix, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        var (values, vectors) = Decompose(matrix);
        var d = values.Length;
        var result = new double[matrix.Length];
        var image = new double[d];
        for (var k = 0; k < d && values[k] > threshold; k++)
        {
            // W v_k = σ_k u_k, so W v_k v_kᵀ (σ_k − threshold)/σ_k is the component that is left.
            for (var row = 0; row < d; row++)
            {
                image[row] = 0;
                for (var column = 0; column < d; column++)
                    image[row] += matrix[row * d + column] * vectors[column * d + k];
            }
            for (var row = 0; row < d; row++)
                for (var column = 0; column < d; column++)
                    result[row * d + column] += (1 - threshold / values[k]) * image[row] * vectors[column * d + k];
        }
        return result;
    }

    private static (double[] Values, double[] Vectors) Decompose(double[] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var d = (int)Math.Round(Math.Sqrt(matrix.Length));
        if (d == 0 || d * d != matrix.Length)
            throw new ArgumentException($"A square matrix is needed, not {matrix.Length} numbers.", nameof(matrix));
        var gram = new double[matrix.Length];
        for (var row = 0; row < d; row++)
            for (var i = 0; i < d; i++)
                for (var j = 0; j < d; j++)
                    gram[i * d + j] += matrix[row * d + i] * matrix[row * d + j];
        var (values, vectors) = SymmetricEigen.Decompose(gram, d);
        return ([.. values.Select(value => Math.Sqrt(Math.Max(0, value)))], vectors);
    }
}
