namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>An n-gram language model as a prior over prompts: counts of short contexts, mixed with those of shorter ones down to the uniform distribution.</summary>
/// <remarks>
/// P_k(t | k tokens before) = w · count share + (1 − w) · P_(k−1), and P_(k−1) alone where the context was never seen (Jelinek and
/// Mercer 1980). Every token keeps some probability, so every prompt has a finite divergence.
/// </remarks>
public sealed class NgramPromptPrior : IPromptPrior
{
    private readonly int _vocabulary;
    private readonly int _longest;
    private readonly int _order;
    private readonly double _weight;
    private readonly Dictionary<Context, Dictionary<int, int>> _counts = [];
    private readonly Dictionary<Context, int> _totals = [];

    /// <summary>Counts a text.</summary>
    /// <param name="vocabulary">V ≥ 1.</param>
    /// <param name="sentences">Sentences of tokens from 0 to V − 1; not the prompts that are to be bounded.</param>
    /// <param name="longest">Most tokens of a prompt, at least 0.</param>
    /// <param name="order">Tokens of the longest context, 0 to 3.</param>
    /// <param name="weight">w, between 0 and 1.</param>
    public NgramPromptPrior(int vocabulary, IEnumerable<int[]> sentences, int longest, int order = 2, double weight = 0.8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfNegative(longest);
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 3);
        if (!(weight > 0 && weight < 1))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "The weight of counts lies between 0 and 1; at 1 unseen prompts would have no probability.");
        (_vocabulary, _longest, _order, _weight) = (vocabulary, longest, order, weight);
        foreach (var sentence in sentences)
            for (var i = 0; i < sentence.Length; i++)
                for (var length = 0; length <= _order; length++)
                {
                    var context = Before(sentence, i, length);
                    if (!_counts.TryGetValue(context, out var counts))
                        _counts[context] = counts = [];
                    counts[sentence[i]] = counts.GetValueOrDefault(sentence[i]) + 1;
                    _totals[context] = _totals.GetValueOrDefault(context) + 1;
                }
    }

    /// <inheritdoc/>
    public double NegativeLogProbability(ReadOnlySpan<int> prompt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prompt.Length, _longest, nameof(prompt));
        var nats = Math.Log(_longest + 1);
        for (var i = 0; i < prompt.Length; i++)
            nats -= Math.Log(Probability(prompt[..i], prompt[i]));
        return nats;
    }

    // #region probability
    /// <summary>The probability of the next token.</summary>
    /// <param name="before">The tokens before it.</param>
    /// <param name="next">The token, from 0 to V − 1.</param>
    public double Probability(ReadOnlySpan<int> before, int next)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(next);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(next, _vocabulary);
        var probability = 1.0 / _vocabulary;
        for (var length = 0; length <= _order; length++)
        {
            var context = Before(before, before.Length, length);
            if (_totals.TryGetValue(context, out var total))
                probability = _weight * _counts[context].GetValueOrDefault(next) / total + (1 - _weight) * probability;
        }
        return probability;
    }
    // #endregion probability

    // The last tokens before place i; −1 stands before the beginning, −2 where the context is shorter.
    private static Context Before(ReadOnlySpan<int> tokens, int i, int length)
    {
        Span<int> last = [-2, -2, -2];
        for (var back = 1; back <= length; back++)
            last[back - 1] = i - back >= 0 ? tokens[i - back] : -1;
        return new(last[0], last[1], last[2]);
    }

    private readonly record struct Context(int Last, int BeforeLast, int Third);
}
