using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Adversarial;

/// <summary>What an attack ascends: one value an example, from logits and classes.</summary>
public static class AttackObjective
{
    /// <summary>The cross-entropy −ln p_c of the class to be left, (n,).</summary>
    /// <param name="logits">(n, classes).</param>
    /// <param name="classes">(n,), int64.</param>
    public static Tensor CrossEntropy(Tensor logits, Tensor classes) =>
        nn.functional.cross_entropy(logits, classes, reduction: nn.Reduction.None);

    /// <summary>
    /// The negative logit gap, (n,). Its gradient does not vanish when the softmax saturates, so that a network can't hide from it by being
    /// sure (Carlini and Wagner 2017).
    /// </summary>
    /// <param name="logits">(n, classes).</param>
    /// <param name="classes">(n,), int64.</param>
    public static Tensor NegativeGap(Tensor logits, Tensor classes) => -LogitGap.Of(logits, classes);
}
