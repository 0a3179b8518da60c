using DailyPapers.Embedding.Text;

namespace DailyPapers.Lab.Retrieval;

/// <summary>Chooses a model's tokens: the words that enough papers use, then the pairs of words that are most worth a vector of their own.</summary>
internal static class VocabularyBuilder
{
    /// <summary>Builds the vocabulary of papers.</summary>
    /// <param name="papers">The papers to learn from.</param>
    /// <param name="fewestPapers">A word in fewer papers is no token; nor is a pair.</param>
    /// <param name="mostWords">The most words; the rarest are left out.</param>
    /// <param name="mostPairs">The most pairs.</param>
    public static Vocabulary Build(IReadOnlyList<TrainingPaper> papers, int fewestPapers, int mostWords, int mostPairs)
    {
        var words = new Dictionary<string, int>();
        var pairs = new Dictionary<string, PairCount>();
        foreach (var paper in papers)
            Count(paper, words, pairs);

        var known = words.Where(word => word.Value >= fewestPapers && word.Key.Length > 0)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(mostWords).Select(word => word.Key).ToList();
        var tokens = new HashSet<string>(known);
        // Good pairs are frequent and say more than their words by chance: count times log(observed / expected) (Dunning's leading term).
        var chosen = pairs
            .Where(pair => pair.Value.Papers >= fewestPapers && !tokens.Contains(pair.Key))
            .Select(pair => (pair.Key, Gain: pair.Value.Papers * Math.Log((double)pair.Value.Papers * papers.Count / ((double)words[pair.Value.First] * words[pair.Value.Second]))))
            .Where(pair => pair.Gain > 0)
            .OrderByDescending(pair => pair.Gain).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(mostPairs).Select(pair => pair.Key);
        return new Vocabulary([.. known, .. chosen]);
    }

    private static void Count(TrainingPaper paper, Dictionary<string, int> words, Dictionary<string, PairCount> pairs)
    {
        Span<char> buffer = stackalloc char[WordReader.BufferLength];
        var seenWords = new HashSet<string>();
        var seenPairs = new HashSet<string>();
        foreach (var text in (string[])[paper.Title, .. paper.Keywords, paper.Abstract])
        {
            var reader = new WordReader(text, buffer);
            var previous = "";
            while (reader.Read())
            {
                var word = reader.Word.ToString();
                if (seenWords.Add(word))
                    words[word] = words.GetValueOrDefault(word) + 1;
                if (reader.Joined is { Length: > 0 } joined && joined.ToString() is var pair && seenPairs.Add(pair))
                    pairs[pair] = pairs.TryGetValue(pair, out var count) ? count with { Papers = count.Papers + 1 } : new PairCount(previous, word, 1);
                previous = word;
            }
        }
    }

    private readonly record struct PairCount(string First, string Second, int Papers);
}
