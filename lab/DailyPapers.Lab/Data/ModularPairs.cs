using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>Pairs of residues with the result of an operation; 64-bit integers from 0 to p - 1.</summary>
/// <param name="Left">m, (n,).</param>
/// <param name="Right">n, (n,).</param>
/// <param name="Results">The right results, (n,).</param>
public sealed record ModularPairs(Tensor Left, Tensor Right, Tensor Results) : IDisposable
{
    /// <summary>Number of pairs.</summary>
    public int Count => (int)Left.shape[0];

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Left.Dispose();
        Right.Dispose();
        Results.Dispose();
    }
}
