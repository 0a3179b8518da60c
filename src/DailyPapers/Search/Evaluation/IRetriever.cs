namespace DailyPapers.Search.Evaluation;

/// <summary>A search system as evaluation sees it: the documents of one collection, ready to be asked.</summary>
public interface IRetriever : IDisposable
{
    /// <summary>The documents that answer best, best first, each once.</summary>
    /// <param name="query">The query's text as a reader would type it.</param>
    /// <param name="depth">The most documents to return.</param>
    IReadOnlyList<RankedDocument> Retrieve(string query, int depth);
}
