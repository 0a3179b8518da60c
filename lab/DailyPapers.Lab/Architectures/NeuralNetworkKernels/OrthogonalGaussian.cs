using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.NeuralNetworkKernels;

/// <summary>
/// Gaussian directions that are orthogonal in blocks: every row is N(0, I), rows of a block are orthogonal to each other (Yu et al.
/// 2016, orthogonal random features).
/// </summary>
public static class OrthogonalGaussian
{
    // #region draw
    /// <summary>Draws directions; a block holds as many as there are dimensions, blocks are independent.</summary>
    /// <param name="rows">Number of directions, at least 1.</param>
    /// <param name="dimensions">d, at least 1.</param>
    /// <param name="generator">Source of randomness; TorchSharp's global one unless given.</param>
    /// <param name="dtype">Floating type; 32-bit unless given.</param>
    /// <returns>(rows, d) on the CPU.</returns>
    public static Tensor Draw(long rows, long dimensions, Generator? generator = null, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        using var scope = NewDisposeScope();
        var blocks = new List<Tensor>();
        for (var drawn = 0L; drawn < rows; drawn += dimensions)
        {
            var (rotation, upper) = linalg.qr(randn(dimensions, dimensions, dtype: float64, generator: generator));
            // Q alone is not uniform over rotations, its signs follow the algorithm's; with R's signs it is (Mezzadri 2007).
            var uniform = rotation * upper.diagonal().sign();
            // Lengths of independent Gaussian vectors make each row Gaussian again.
            var lengths = randn(dimensions, dimensions, dtype: float64, generator: generator).norm(1, keepdim: true);
            blocks.Add((uniform * lengths).narrow(0, 0, Math.Min(dimensions, rows - drawn)));
        }
        return cat(blocks).to(dtype ?? float32).MoveToOuterDisposeScope();
    }
    // #endregion draw
}
