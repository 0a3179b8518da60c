using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Adversarial;

/// <summary>The loss that makes a network sure of itself: cross-entropy plus λ times the entropy of its predictions (arXiv:1711.02846, section 4).</summary>
/// <remarks>The confidence penalty of Pereyra et al. (2017) has the opposite sign.</remarks>
public static class EntropyPenalty
{
    /// <summary>H(p) = −Σ p ln p of each example's softmax, (n,), in nats.</summary>
    /// <param name="logits">(n, classes).</param>
    public static Tensor Entropy(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var logarithms = logits.log_softmax(-1);
        return (-(logarithms.exp() * logarithms).sum(-1)).MoveToOuterDisposeScope();
    }

    // #region entropy
    /// <summary>Mean of −ln p_y + λ H(p), a scalar.</summary>
    /// <param name="logits">(n, classes).</param>
    /// <param name="labels">y, (n,), int64.</param>
    /// <param name="strength">λ; 0 is the plain cross-entropy, and less than 0 rewards entropy.</param>
    public static Tensor Loss(Tensor logits, Tensor labels, double strength)
    {
        using var scope = NewDisposeScope();
        return (nn.functional.cross_entropy(logits, labels) + Entropy(logits).mean() * strength).MoveToOuterDisposeScope();
    }
    // #endregion entropy
}
