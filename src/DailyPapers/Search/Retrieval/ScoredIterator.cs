using Lucene.Net.Search;

namespace DailyPapers.Search.Retrieval;

/// <summary>A Lucene query on one segment, moved forward window by window.</summary>
internal sealed class ScoredIterator
{
    private readonly Scorer _scorer;

    private ScoredIterator(Scorer scorer)
    {
        _scorer = scorer;
        Document = scorer.NextDoc();
    }

    /// <summary>Where the iterator stands; <see cref="DocIdSetIterator.NO_MORE_DOCS"/> at the end.</summary>
    public int Document { get; private set; }

    public float Score => _scorer.GetScore();

    /// <summary>Opens a query on a segment; null when nothing there matches.</summary>
    public static ScoredIterator? Open(Weight? weight, Lucene.Net.Index.AtomicReaderContext segment) =>
        weight?.GetScorer(segment, null) is { } scorer && new ScoredIterator(scorer) is { Document: < DocIdSetIterator.NO_MORE_DOCS } iterator
            ? iterator
            : null;

    public void Next() => Document = _scorer.NextDoc();

    public void SkipTo(int document)
    {
        if (Document < document)
            Document = _scorer.Advance(document);
    }
}
