using static TorchSharp.torch;

namespace DailyPapers.Lab.Data.Pruning;

/// <summary>How much an example matters for training, from one look at a network early in training (arXiv:2107.07075, section 2).</summary>
/// <remarks>Scores are means of these over networks that differ in initial weights and order of batches.</remarks>
public static class ExampleScores
{
    // #region el2n
    /// <summary>EL2N, the norm of the error vector, |p(x) − y|₂, from 0 to √2.</summary>
    /// <param name="logits">(..., n, classes).</param>
    /// <param name="labels">Classes, (n,), int64.</param>
    /// <returns>(..., n).</returns>
    public static Tensor El2n(Tensor logits, Tensor labels)
    {
        RequireExamples(logits, labels);
        using var scope = NewDisposeScope();
        return (logits.softmax(-1) - nn.functional.one_hot(labels, logits.shape[^1])).norm(-1).MoveToOuterDisposeScope();
    }
    // #endregion el2n

    /// <summary>
    /// GraNd of the last linear layer alone, exactly: |p − y|₂ √(|h|² + 1), with h the layer's input; weights and biases count.
    /// </summary>
    /// <param name="features">h, (..., n, width).</param>
    /// <param name="logits">(..., n, classes).</param>
    /// <param name="labels">Classes, (n,), int64.</param>
    /// <returns>(..., n).</returns>
    public static Tensor LastLayerGradNorm(Tensor features, Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var scope = NewDisposeScope();
        return (El2n(logits, labels) * (features.square().sum([-1L]) + 1).sqrt()).MoveToOuterDisposeScope();
    }

    private static void RequireExamples(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        if (logits.dim() < 2 || labels.dim() != 1 || logits.shape[^2] != labels.shape[0])
            throw new ArgumentException($"Expected logits (..., n, classes) and labels (n), not [{string.Join(", ", logits.shape)}] and [{string.Join(", ", labels.shape)}].", nameof(labels));
    }
}
