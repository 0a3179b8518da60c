namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>A distribution over prompts, finite sequences of tokens, that was fixed before the training examples were seen.</summary>
public interface IPromptPrior
{
    /// <summary>−ln P(prompt), its end included: the divergence of the point mass on it.</summary>
    /// <param name="prompt">Tokens from 0 to V − 1; may be empty.</param>
    double NegativeLogProbability(ReadOnlySpan<int> prompt);
}
