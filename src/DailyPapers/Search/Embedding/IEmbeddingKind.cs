namespace DailyPapers.Search.Embedding;

/// <summary>A way to get an embedding model; registered as a service, chosen by the setting <c>Search:Embedding:Kind</c>.</summary>
public interface IEmbeddingKind
{
    /// <summary>The value of <see cref="EmbeddingOptions.Kind"/> that chooses it: lower-case letters and digits.</summary>
    string Name { get; }

    /// <summary>What is wrong with <paramref name="options"/>, each naming the setting and the remedy; looks at files, contacts nothing.</summary>
    IEnumerable<string> Problems(EmbeddingOptions options);

    /// <summary>Opens the model, ready to embed.</summary>
    /// <exception cref="EmbeddingException">It cannot be opened.</exception>
    Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken);
}
