namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>Every next token is equally likely: k tokens cost k ln V.</summary>
public sealed class UniformPromptPrior : IPromptPrior
{
    private readonly int _longest;
    private readonly double _nats;

    /// <summary>Takes the size of the vocabulary.</summary>
    /// <param name="vocabulary">V ≥ 1.</param>
    /// <param name="longest">Most tokens of a prompt, at least 0.</param>
    public UniformPromptPrior(int vocabulary, int longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(longest);
        (_nats, _longest) = (Math.Log(vocabulary), longest);
    }

    /// <inheritdoc/>
    public double NegativeLogProbability(ReadOnlySpan<int> prompt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prompt.Length, _longest, nameof(prompt));
        return Math.Log(_longest + 1) + prompt.Length * _nats;
    }
}
