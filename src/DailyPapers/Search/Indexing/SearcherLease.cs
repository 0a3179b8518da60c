using Lucene.Net.Search;

namespace DailyPapers.Search.Indexing;

/// <summary>A searcher on loan.</summary>
internal sealed class SearcherLease(SearcherManager searchers) : IDisposable
{
    private IndexSearcher? _searcher = searchers.Acquire();

    public IndexSearcher Searcher => _searcher ?? throw new ObjectDisposedException(nameof(SearcherLease));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _searcher, null) is { } searcher)
            searchers.Release(searcher);
    }
}
