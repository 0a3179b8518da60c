namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>Every next token, and the end of the prompt, is equally likely.</summary>
public sealed class UniformPromptPrior : IPromptPrior
{
    private readonly double _nats;

    /// <summary>Takes the size of the vocabulary.</summary>
    /// <param name="vocabulary">V ≥ 1.</param>
    public UniformPromptPrior(int vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        _nats = Math.Log(vocabulary + 1);
    }

    /// <inheritdoc/>
    public double NegativeLogProbability(ReadOnlySpan<int> prompt) => (prompt.Length + 1) * _nats;
}
