using DailyPapers.Embedding;

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

    public Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var model = options.Path is { } path ? StaticEmbeddingModel.Open(path) : StaticEmbeddingModel.Shipped;
            var description = new EmbeddingModelDescription
            {
                Kind = Name,
                Name = options.Path is { } named ? Path.GetFileName(named) : "papers",
                Fingerprint = model.Id,
                Dimensions = model.Dimensions,
                TitleCount = model.TitleCount,
                BatchSize = 256,
                IsLocal = true,
                ZeroWhenUnknown = true,
            };
            return Task.FromResult(new EmbeddingModel(
                new StaticEmbeddingGenerator(model.Dimensions, model.Embed), description, new StaticEmbeddingGenerator(model.Dimensions, model.EmbedQuery)));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingException(exception.Message, $"Name another file in {EmbeddingOptions.Section}:Path, or leave it out for the model that ships.", exception);
        }
    }
}
