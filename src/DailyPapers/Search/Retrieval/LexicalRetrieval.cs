using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace DailyPapers.Search.Retrieval;

/// <summary>Ranks the papers that have any of a query's words, and counts those that have all.</summary>
internal sealed class LexicalRetrieval(QueryCompiler compiler)
{
    /// <summary>
    /// The best <paramref name="depth"/> papers by BM25F; what the query requires and excludes, and the filter, always hold.
    /// Equal scores are ordered by identity, the latest paper first.
    /// </summary>
    public RetrievedPapers Best(IndexSearcher searcher, SearchQuery query, Filter? filter, int depth) =>
        Best(searcher, compiler.CompileRanked(query, searcher.IndexReader), filter, depth);

    /// <inheritdoc cref="Best(IndexSearcher, SearchQuery, Filter?, int)"/>
    /// <param name="searcher">The index.</param>
    /// <param name="ranked">What to look for.</param>
    /// <param name="filter">What hits must be, or null.</param>
    /// <param name="depth">How many.</param>
    /// <param name="matching">Receives every document that has what the query requires, which must be something, when not null.</param>
    public static RetrievedPapers Best(IndexSearcher searcher, RankedQuery ranked, Filter? filter, int depth, DocumentSet? matching = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        var best = new BestDocuments(depth);
        using var walk = new RankedWalk(searcher, ranked, filter, best, matching);
        walk.Run();
        return Read(searcher.IndexReader, best, walk.Attainable);
    }

    /// <summary>How many papers have all that the query asks for.</summary>
    public int CountAll(IndexSearcher searcher, SearchQuery query, Filter? filter)
    {
        var counter = new TotalHitCountCollector();
        searcher.Search(compiler.CompileUnscored(query, searcher.IndexReader), filter, counter);
        return counter.TotalHits;
    }

    private static RetrievedPapers Read(IndexReader reader, BestDocuments best, float attainable)
    {
        var papers = new RetrievedPapers(new long[best.Count], best.Scores.ToArray(), best.Documents.ToArray(), attainable);
        var values = new NumericDocValues?[reader.Leaves.Count];
        for (var i = 0; i < best.Count; i++)
        {
            var leaf = ReaderUtil.SubIndex(papers.Documents[i], reader.Leaves);
            values[leaf] ??= reader.Leaves[leaf].AtomicReader.GetNumericDocValues(IndexField.Id);
            papers.PaperIds[i] = values[leaf]!.Get(papers.Documents[i] - reader.Leaves[leaf].DocBase);
        }
        var order = new int[best.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (left, right) => papers.Scores[right].CompareTo(papers.Scores[left]) is var byScore and not 0
            ? byScore
            : papers.PaperIds[right].CompareTo(papers.PaperIds[left]));
        return new RetrievedPapers(
            Array.ConvertAll(order, i => papers.PaperIds[i]), Array.ConvertAll(order, i => papers.Scores[i]), Array.ConvertAll(order, i => papers.Documents[i]), attainable);
    }
}
