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
    public static SearchSystem Lexical { get; } = Own("lexical", "our Lucene index, any of the words", SearchMode.Lexical);

    /// <summary>Our search by meaning.</summary>
    public static SearchSystem Semantic { get; } = Own("semantic", "the vectors of the model that ships", SearchMode.Semantic);

    /// <summary>Our search by both, as the search page has it.</summary>
    public static SearchSystem Hybrid { get; } = Own("hybrid", "words and meaning together", SearchMode.Hybrid);

    private static SearchSystem Own(string name, string description, SearchMode mode) =>
        new(name, description, (documents, folder, cancellationToken) => OwnRetriever.Open(mode, documents, folder, cancellationToken));
}
