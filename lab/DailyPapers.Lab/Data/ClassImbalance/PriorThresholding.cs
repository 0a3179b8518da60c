using static TorchSharp.torch;

namespace DailyPapers.Lab.Data.ClassImbalance;

/// <summary>
/// Compensates a classifier for the class frequencies it was trained on: by Bayes' rule p(k | x) = p(x | k) π_k / p(x), so dividing by the
/// priors π leaves something proportional to the likelihood (arXiv:1710.05381, section 2).
/// </summary>
public static class PriorThresholding
{
    // #region threshold
    /// <summary>Probabilities over priors. They are not made to sum to one.</summary>
    /// <remarks>
    /// So each class's scores are multiplied by one positive number, which leaves their order, and with it every one-versus-rest area under the
    /// ROC curve, exactly as it was. Normalising would mix the classes' scores and change it.
    /// </remarks>
    /// <param name="probabilities">(..., classes).</param>
    /// <param name="priors">π, positive, one a class.</param>
    public static Tensor Apply(Tensor probabilities, IReadOnlyList<double> priors)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(priors);
        if (probabilities.dim() < 1 || probabilities.shape[^1] != priors.Count)
            throw new ArgumentException($"There are {priors.Count} priors for probabilities of shape [{string.Join(", ", probabilities.shape)}].", nameof(priors));
        if (!priors.All(prior => prior > 0))
            throw new ArgumentException("Every prior must be positive: a class that was never seen has no likelihood.", nameof(priors));
        using var scope = NewDisposeScope();
        return (probabilities / tensor(priors.ToArray()).to(probabilities.dtype)).MoveToOuterDisposeScope();
    }
    // #endregion threshold
}
