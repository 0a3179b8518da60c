using static TorchSharp.torch;

namespace DailyPapers.Lab.Data.Pruning;

/// <summary>How fast the tangent kernel of some examples turns during training (arXiv:2107.07075, section 6).</summary>
public static class KernelVelocity
{
    /// <summary>1 − ⟨K, K'⟩/(|K| |K'|) in the Frobenius product: 0 for kernels that differ by a positive factor only.</summary>
    /// <param name="before">K, (n, n).</param>
    /// <param name="after">K', (n, n).</param>
    public static double Distance(Tensor before, Tensor after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (!before.shape.SequenceEqual(after.shape))
            throw new ArgumentException($"Kernels of the same examples have the same shape, not [{string.Join(", ", before.shape)}] and [{string.Join(", ", after.shape)}].", nameof(after));
        using var scope = NewDisposeScope();
        return 1 - ((before * after).sum() / (before.norm() * after.norm())).to(float64).item<double>();
    }
}
