using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Adversarial;

/// <summary>The derivative of an example's objective by its input.</summary>
public static class InputGradient
{
    /// <summary>∂(objective of example i)/∂x_i for all examples, in the inputs' shape.</summary>
    /// <param name="objective">From inputs (n, …) to one value an example, (n,); values must not depend on other examples.</param>
    /// <param name="inputs">(n, …).</param>
    public static Tensor Of(Func<Tensor, Tensor> objective, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        using var withGradients = enable_grad();
        var leaf = inputs.detach().clone().requires_grad_(true);
        // A sum keeps examples apart, since none depends on another.
        return autograd.grad([objective(leaf).sum()], [leaf])[0].MoveToOuterDisposeScope();
    }
}
