using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Adversarial;

/// <summary>
/// Logit differences Δ: how far a class's logit lies above the highest other one (arXiv:1711.02846, section 3). An attack succeeds when it
/// makes this negative.
/// </summary>
public static class LogitGap
{
    /// <summary>Δ = z_c − max of the others, (n,).</summary>
    /// <param name="logits">z, (n, classes).</param>
    /// <param name="classes">c, (n,), int64: labels, or the predicted classes, for which Δ is not negative.</param>
    public static Tensor Of(Tensor logits, Tensor classes)
    {
        Require(logits, classes);
        using var scope = NewDisposeScope();
        var own = logits.gather(1, classes.unsqueeze(1)).squeeze(1);
        return (own - Others(logits, classes).amax([1L])).MoveToOuterDisposeScope();
    }

    /// <summary>The class of the highest logit but for <paramref name="classes"/>, (n,), int64.</summary>
    /// <param name="logits">(n, classes).</param>
    /// <param name="classes">(n,), int64.</param>
    public static Tensor RunnerUp(Tensor logits, Tensor classes)
    {
        Require(logits, classes);
        using var scope = NewDisposeScope();
        return Others(logits, classes).argmax(1).MoveToOuterDisposeScope();
    }

    private static Tensor Others(Tensor logits, Tensor classes) =>
        logits.masked_fill(nn.functional.one_hot(classes, logits.shape[1]).to(@bool), double.NegativeInfinity);

    private static void Require(Tensor logits, Tensor classes)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(classes);
        if (logits.dim() != 2 || logits.shape[1] < 2 || classes.dim() != 1 || classes.shape[0] != logits.shape[0])
            throw new ArgumentException($"Expected logits (n, classes) and classes (n), not [{string.Join(", ", logits.shape)}] and [{string.Join(", ", classes.shape)}].", nameof(classes));
    }
}
