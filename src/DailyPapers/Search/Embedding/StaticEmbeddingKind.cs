namespace DailyPapers.Search.Embedding;

/// <summary>The model that ships, or another file of its form.</summary>
internal sealed class StaticEmbeddingKind : IEmbeddingKind
{
    public string Name => EmbeddingOptions.StaticKind;

    public IEnumerable<string> Problems(EmbeddingOptions options)
    {
        if (options.Path is { } path && !File.Exists(path))
            yield return $"{EmbeddingOptions.Section}:Path is \"{path}\", where no file is; name a static model's file, or leave it out for the one that ships.";
        if (options.Endpoint is not null)
            yield return $"{EmbeddingOptions.Section}:Endpoint is set, but {EmbeddingOptions.Section}:Kind is \"{Name}\"; set the kind to \"openai\", or remove the endpoint.";
    }

    public Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken) =>
        throw new EmbeddingException("The static model is not part of this build.", "Choose another kind.");
}
