using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DailyPapers.Bench;

/// <summary>
/// Embeds texts without a trained model: each word has a random vector, a text the sum of its words', weighted by how rare
/// they are. A random projection of tf-idf, it has the clusters of real texts.
/// </summary>
internal sealed class RandomIndexing
{
    private readonly Dictionary<string, int> _documents = [];
    private readonly Dictionary<string, float[]> _words = [];
    private readonly int _dimensions;
    private readonly int _texts;

    public RandomIndexing(IEnumerable<string> texts, int dimensions)
    {
        _dimensions = dimensions;
        foreach (var text in texts)
        {
            _texts++;
            foreach (var word in WordsOf(text).Distinct())
                CollectionsMarshal.GetValueRefOrAddDefault(_documents, word, out _)++;
        }
    }

    /// <summary>A unit vector, or zeros when no word is known.</summary>
    public float[] Embed(string text)
    {
        var sum = new float[_dimensions];
        foreach (var group in WordsOf(text).GroupBy(word => word))
        {
            if (!_documents.TryGetValue(group.Key, out var documents))
                continue;
            var weight = MathF.Log(1 + ((float)_texts / documents)) * (1 + MathF.Log(group.Count()));
            var vector = VectorOf(group.Key);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += weight * vector[i];
        }
        return sum.Any(x => x != 0) ? VectorSample.Unit(sum) : sum;
    }

    private float[] VectorOf(string word)
    {
        if (_words.TryGetValue(word, out var vector))
            return vector;
        var random = new Random((int)XxHash32.HashToUInt32(MemoryMarshal.AsBytes(word.AsSpan())));
        vector = new float[_dimensions];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = random.NextSingle() - 0.5f;
        return _words[word] = vector;
    }

    private static string[] WordsOf(string text) =>
        text.ToLowerInvariant().Split([' ', '.', ',', ';', ':', '(', ')', '-', '/', '\n', '"'], StringSplitOptions.RemoveEmptyEntries);
}
