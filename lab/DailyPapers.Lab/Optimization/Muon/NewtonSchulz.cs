using static TorchSharp.torch;

namespace DailyPapers.Lab.Optimization.Muon;

/// <summary>
/// The polar factor UVᵀ of a matrix UΣVᵀ by matrix products alone: odd polynomials X ← aX + b(XXᵀ)X + c(XXᵀ)²X act on the singular values
/// and leave the singular vectors.
/// </summary>
public static class NewtonSchulz
{
    /// <summary>Muon's polynomial (Jordan 2024): fast, but it leaves singular values scattered around 1.</summary>
    public static (double A, double B, double C) Fast { get; } = (3.4445, -4.7750, 2.0315);

    /// <summary>The polynomial of degree 5 that is flat at 1 to second order: it converges to singular values of exactly 1.</summary>
    public static (double A, double B, double C) Convergent { get; } = (15 / 8.0, -10 / 8.0, 3 / 8.0);

    // #region iteration
    /// <summary>Iterates from M/‖M‖, Frobenius norm, whose singular values lie in (0, 1].</summary>
    /// <param name="matrix">(rows, columns). A zero matrix stays zero.</param>
    /// <param name="steps">Number of iterations, at least 0.</param>
    /// <param name="polynomial">a, b and c; <see cref="Fast"/> unless given.</param>
    /// <returns>(rows, columns), close to UVᵀ; singular values that are tiny beside the others have not arrived yet.</returns>
    public static Tensor Orthogonalize(Tensor matrix, int steps = 5, (double A, double B, double C)? polynomial = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Architectures.TensorShape.Require(matrix, nameof(matrix), Architectures.TensorShape.Any, Architectures.TensorShape.Any);
        var (a, b, c) = polynomial ?? Fast;
        using var scope = NewDisposeScope();
        var tall = matrix.shape[0] > matrix.shape[1];
        // The Gram matrix is taken on the short side.
        var x = tall ? matrix.t() : matrix;
        x = x / (x.norm() + 1e-30);
        for (var step = 0; step < steps; step++)
        {
            var gram = x.matmul(x.t());
            x = x * a + (gram * b + gram.matmul(gram) * c).matmul(x);
        }
        return (tall ? x.t() : x).contiguous().MoveToOuterDisposeScope();
    }
    // #endregion iteration

    /// <summary>The polar factor to a part in a million for singular values down to a hundred-thousandth of the norm.</summary>
    /// <param name="matrix">(rows, columns).</param>
    public static Tensor Polar(Tensor matrix) => Orthogonalize(matrix, 24, Convergent);
}
