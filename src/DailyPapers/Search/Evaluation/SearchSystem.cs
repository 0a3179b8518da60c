using DailyPapers.Embedding;

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
    public static SearchSystem Lexical { get; } = Own("lexical", "our Lucene index, any of the words", SearchMode.Lexical, model: null);

    /// <summary>Our search by meaning.</summary>
    /// <param name="model">The model; null for the one that ships.</param>
    public static SearchSystem Semantic(StaticEmbeddingModel? model = null) => Own("semantic", "the vectors of the embedding model", SearchMode.Semantic, model);

    /// <summary>Our search by both, as the search page has it.</summary>
    /// <inheritdoc cref="Semantic"/>
    public static SearchSystem Hybrid(StaticEmbeddingModel? model = null) => Own("hybrid", "words and meaning together", SearchMode.Hybrid, model);

    private static SearchSystem Own(string name, string description, SearchMode mode, StaticEmbeddingModel? model) =>
        new(name, description, (documents, folder, cancellationToken) => OwnRetriever.Open(mode, model ?? StaticEmbeddingModel.Shipped, documents, folder, cancellationToken));
}
