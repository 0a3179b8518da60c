using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Adversarial;

/// <summary>The fast gradient sign method (Goodfellow et al. 2015): one step of size ε in every coordinate.</summary>
public static class FastGradientSign
{
    // #region fgsm
    /// <summary>sign ∂ℓ/∂x, in the inputs' shape: the same for every ε, so that one gradient serves a whole curve.</summary>
    /// <param name="network">From inputs (n, …) to logits (n, classes).</param>
    /// <param name="inputs">x, (n, …).</param>
    /// <param name="classes">The classes to be left, (n,), int64: labels, or what the network predicts.</param>
    /// <param name="objective">What is ascended; the cross-entropy when null.</param>
    public static Tensor Direction(Func<Tensor, Tensor> network, Tensor inputs, Tensor classes, Func<Tensor, Tensor, Tensor>? objective = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        var ascended = objective ?? AttackObjective.CrossEntropy;
        return InputGradient.Of(x => ascended(network(x), classes), inputs).sign_().MoveToOuterDisposeScope();
    }

    /// <summary>x + ε sign ∂ℓ/∂x.</summary>
    /// <param name="network">From inputs (n, …) to logits (n, classes).</param>
    /// <param name="inputs">x, (n, …).</param>
    /// <param name="classes">The classes to be left, (n,), int64.</param>
    /// <param name="epsilon">ε, at least 0, in units of the input.</param>
    /// <param name="objective">What is ascended; the cross-entropy when null.</param>
    public static Tensor Perturb(Func<Tensor, Tensor> network, Tensor inputs, Tensor classes, double epsilon, Func<Tensor, Tensor, Tensor>? objective = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        using var scope = NewDisposeScope();
        return (inputs + Direction(network, inputs, classes, objective) * epsilon).MoveToOuterDisposeScope();
    }
    // #endregion fgsm
}
