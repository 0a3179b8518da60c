using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Lipschitz;

/// <summary>The largest singular value of a matrix, exactly or by power iteration.</summary>
public static class SpectralNorm
{
    /// <summary>The largest singular value, from all of them.</summary>
    /// <param name="matrix">(out, in).</param>
    public static double Exact(Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return linalg.svdvals(matrix.detach().to(float64)).max().item<double>();
    }

    /// <summary>The norm from root mean square to root mean square, σ₁ √(in/out): what a layer can do to the typical size of an entry.</summary>
    /// <param name="matrix">(out, in).</param>
    public static double RootMeanSquare(Tensor matrix) => Exact(matrix) * Math.Sqrt(matrix.shape[1] / (double)matrix.shape[0]);

    /// <summary>σ₁ with its singular vectors by power iteration, from below.</summary>
    /// <param name="matrix">(out, in).</param>
    /// <param name="steps">Iterations.</param>
    /// <returns>σ₁ as a scalar tensor, u of length out, v of length in.</returns>
    public static (Tensor Sigma, Tensor Left, Tensor Right) Power(Tensor matrix, int steps)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        using var scope = NewDisposeScope();
        // The longest row is close to v₁ but can be orthogonal to it; a fixed mixture of all rows, without a pattern, is not. Nothing is drawn.
        var mixture = matrix.t().mv(arange(matrix.shape[0], dtype: matrix.dtype, device: matrix.device).square().cos());
        var longest = matrix[matrix.norm(1).argmax()];
        var right = longest / (longest.norm() + 1e-30) + mixture / (mixture.norm() + 1e-30) * 0.1;
        right = right / (right.norm() + 1e-30);
        Tensor left;
        for (var step = 0; step < steps; step++)
        {
            left = matrix.mv(right);
            left = left / (left.norm() + 1e-30);
            right = matrix.t().mv(left);
            right = right / (right.norm() + 1e-30);
        }
        var sigma = matrix.mv(right).norm();
        left = matrix.mv(right) / (sigma + 1e-30);
        return (sigma.MoveToOuterDisposeScope(), left.MoveToOuterDisposeScope(), right.MoveToOuterDisposeScope());
    }
}
