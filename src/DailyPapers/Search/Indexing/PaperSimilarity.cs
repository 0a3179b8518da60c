using Lucene.Net.Search.Similarities;

namespace DailyPapers.Search.Indexing;

/// <summary>BM25; in short fields the length says little, so it counts for less there.</summary>
internal sealed class PaperSimilarity : PerFieldSimilarityWrapper
{
    private readonly BM25Similarity _short = new(k1: 1.2f, b: 0.3f);
    private readonly BM25Similarity _prose = new(k1: 1.2f, b: 0.75f);

    public override Similarity Get(string field) => field is IndexField.Abstract or IndexField.Summary ? _prose : _short;
}
