using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>An ensemble of models drawn from a posterior: the average of their probabilities approximates the Bayesian mixture.</summary>
public static class PosteriorEnsemble
{
    /// <summary>ln of the members' mean probability.</summary>
    /// <param name="logProbabilities">ln P of each outcome under each member, (members, ...).</param>
    /// <returns>(...).</returns>
    public static Tensor LogPredict(Tensor logProbabilities)
    {
        ArgumentNullException.ThrowIfNull(logProbabilities);
        if (logProbabilities.dim() == 0 || logProbabilities.shape[0] == 0)
            throw new ArgumentException("An ensemble needs at least one member, along the first dimension.", nameof(logProbabilities));
        using var scope = NewDisposeScope();
        return (logsumexp(logProbabilities, 0) - Math.Log(logProbabilities.shape[0])).MoveToOuterDisposeScope();
    }
}
