using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Adversarial;

/// <summary>Iterated sign steps that are kept inside the cube of half-width ε about the input (Madry et al. 2018).</summary>
public static class ProjectedGradientDescent
{
    // #region pgd
    /// <summary>The perturbed inputs after <paramref name="steps"/> steps from the inputs themselves.</summary>
    /// <param name="network">From inputs (n, …) to logits (n, classes).</param>
    /// <param name="inputs">x, (n, …).</param>
    /// <param name="classes">The classes to be left, (n,), int64.</param>
    /// <param name="epsilon">ε, at least 0, in units of the input.</param>
    /// <param name="steps">k, at least 1.</param>
    /// <param name="stepSize">The step in every coordinate; ε/k when null, as in arXiv:1711.02846, which then never needs projecting.</param>
    /// <param name="objective">What is ascended; the cross-entropy when null.</param>
    public static Tensor Perturb(
        Func<Tensor, Tensor> network, Tensor inputs, Tensor classes, double epsilon, int steps, double? stepSize = null, Func<Tensor, Tensor, Tensor>? objective = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var size = stepSize ?? epsilon / steps;
        ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(stepSize));
        using var scope = NewDisposeScope();
        Tensor lowest = inputs - epsilon, highest = inputs + epsilon, perturbed = inputs;
        for (var step = 0; step < steps; step++)
            perturbed = (perturbed + FastGradientSign.Direction(network, perturbed, classes, objective) * size).maximum(lowest).minimum(highest);
        return perturbed.MoveToOuterDisposeScope();
    }
    // #endregion pgd
}
