using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Adversarial;

/// <summary>One step towards the class that the network thinks least likely (Kurakin et al. 2017, "step l.l.").</summary>
public static class StepLeastLikely
{
    /// <summary>−sign ∂(−ln p_least)/∂x, in the inputs' shape; needs no labels.</summary>
    /// <param name="network">From inputs (n, …) to logits (n, classes).</param>
    /// <param name="inputs">x, (n, …).</param>
    public static Tensor Direction(Func<Tensor, Tensor> network, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        Tensor least;
        using (no_grad())
            least = network(inputs).argmin(1);
        return InputGradient.Of(x => -AttackObjective.CrossEntropy(network(x), least), inputs).sign_().MoveToOuterDisposeScope();
    }
}
