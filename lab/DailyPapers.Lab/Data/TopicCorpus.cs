namespace DailyPapers.Lab.Data;

/// <summary>A text of invented words from a hidden Markov chain of topics: which words go together is known, so embeddings can be marked.</summary>
/// <param name="Tokens">The text, words numbered from 0.</param>
/// <param name="Topics">The topic of each word; word w belongs to topic w mod the number of topics.</param>
public sealed record TopicCorpus(IReadOnlyList<int> Tokens, IReadOnlyList<int> Topics)
{
    /// <summary>Number of different words.</summary>
    public int Words => Topics.Count;

    /// <summary>Draws a text.</summary>
    /// <param name="words">Number of words, a multiple of the number of topics.</param>
    /// <param name="topics">Number of topics, at least 2.</param>
    /// <param name="tokens">Length of the text, at least 1.</param>
    /// <param name="stay">The probability that the next token has the same topic, from 0 to 1; otherwise one is drawn, uniformly.</param>
    /// <param name="stray">The probability that a token is any word instead of one of its topic, from 0 to 1.</param>
    /// <param name="seed">The stream of the text.</param>
    public static TopicCorpus Draw(int words, int topics, int tokens, double stay, double stray, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(topics, 2);
        if (words < topics || words % topics != 0)
            throw new ArgumentException($"Expected a number of words that is a multiple of {topics} topics, but got {words}.", nameof(words));
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        foreach (var (probability, name) in new[] { (stay, nameof(stay)), (stray, nameof(stray)) })
            if (!(probability >= 0 && probability <= 1))
                throw new ArgumentOutOfRangeException(name, probability, "A probability lies between 0 and 1.");
        var random = seed.ToRandom();
        var text = new int[tokens];
        var topic = random.Next(topics);
        for (var i = 0; i < tokens; i++)
        {
            if (i > 0 && random.NextDouble() >= stay)
                topic = random.Next(topics);
            text[i] = random.NextDouble() < stray ? random.Next(words) : random.Next(words / topics) * topics + topic;
        }
        return new(text, [.. Enumerable.Range(0, words).Select(word => word % topics)]);
    }
}
