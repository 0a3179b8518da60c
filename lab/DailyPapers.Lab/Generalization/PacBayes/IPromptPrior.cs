namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>
/// A distribution over prompts, sequences of at most so many tokens, that was fixed before the training examples were seen. The number
/// of tokens is uniform from 0 to the largest; the tokens follow one another by the model.
/// </summary>
public interface IPromptPrior
{
    /// <summary>−ln P(prompt): the divergence of the point mass on it.</summary>
    /// <param name="prompt">Tokens from 0 to V − 1; may be empty.</param>
    double NegativeLogProbability(ReadOnlySpan<int> prompt);
}
