using Lucene.Net.Search.Similarities;

namespace DailyPapers.Search.Indexing;

/// <summary>BM25; in short fields the length says little, so it counts for less there.</summary>
internal sealed class PaperSimilarity : PerFieldSimilarityWrapper
{
    public const float ProseK1 = 1.2f;
    public const float ProseB = 0.75f;

    private readonly BM25Similarity _short = new(k1: 1.2f, b: 0.3f);
    private readonly BM25Similarity _prose = new(ProseK1, ProseB);

    public override Similarity Get(string field) => field is IndexField.Text or IndexField.Abstract or IndexField.Summary ? _prose : _short;
}
