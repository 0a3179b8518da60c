namespace DailyPapers.Search.Evaluation;

/// <summary>A search system that can be evaluated.</summary>
/// <param name="Name">What tables and run files call it.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="Open">Makes it ready for a collection's documents, with an empty folder of its own for what it stores.</param>
public sealed record SearchSystem(string Name, string Description, Func<IReadOnlyList<JudgedDocument>, string, CancellationToken, IRetriever> Open)
{
    /// <summary>SQLite's full-text search, the baseline from outside.</summary>
    public static SearchSystem FullText { get; } = new("fts5", "SQLite FTS5: BM25 of Porter stems, any of the words", FullTextRetriever.Open);

    /// <summary>Our search by words.</summary>
    public static SearchSystem Lexical { get; } = new("lexical", "our Lucene index, by words", LexicalRetriever.Open);
}
