using DailyPapers.Embedding.Text;

namespace DailyPapers.Lab.Retrieval;

/// <summary>Okapi BM25 over single words in their one form: the baseline of every measurement (Robertson and Zaragoza 2009, eq. 3.15; k₁ = 1.2, b = 0.75).</summary>
public sealed class OkapiIndex
{
    private const float K1 = 1.2f;
    private const float B = 0.75f;

    private readonly Dictionary<string, List<(int Document, float Weight)>> _postings = [];
    private readonly int _documents;

    /// <summary>Indexes documents.</summary>
    public OkapiIndex(IReadOnlyList<string> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        _documents = documents.Count;
        var lengths = new float[documents.Count];
        for (var i = 0; i < documents.Count; i++)
        {
            var words = WordsOf(documents[i]);
            lengths[i] = words.Count;
            foreach (var (word, count) in words.CountBy(word => word))
            {
                if (!_postings.TryGetValue(word, out var list))
                    _postings[word] = list = [];
                list.Add((i, count));
            }
        }
        var mean = lengths.Average();
        foreach (var list in _postings.Values)
        {
            for (var i = 0; i < list.Count; i++)
            {
                var (document, count) = list[i];
                list[i] = (document, count * (K1 + 1) / (count + (K1 * (1 - B + (B * lengths[document] / mean)))));
            }
        }
    }

    /// <summary>Writes every document's score for a query; zero where no word is shared.</summary>
    public void Score(string query, float[] scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Array.Clear(scores);
        foreach (var word in WordsOf(query))
        {
            if (!_postings.TryGetValue(word, out var list))
                continue;
            var idf = MathF.Log(1 + ((_documents - list.Count + 0.5f) / (list.Count + 0.5f)));
            foreach (var (document, weight) in list)
                scores[document] += idf * weight;
        }
    }

    private static List<string> WordsOf(string text)
    {
        Span<char> buffer = stackalloc char[WordReader.BufferLength];
        var reader = new WordReader(text, buffer);
        var words = new List<string>();
        while (reader.Read())
            words.Add(reader.Word.ToString());
        return words;
    }
}
