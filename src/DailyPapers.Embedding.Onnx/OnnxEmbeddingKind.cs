using DailyPapers.Search.Embedding;

namespace DailyPapers.Embedding.Onnx;

/// <summary>A sentence encoder in a folder, run in this process.</summary>
internal sealed class OnnxEmbeddingKind : IEmbeddingKind
{
    // Enough texts for the encoder to put those of like length together.
    private const int RunsAtOnce = 8;

    public string Name => "onnx";

    public IEnumerable<string> Problems(EmbeddingOptions options)
    {
        if (options.Path is not { } path)
            return [$"{EmbeddingOptions.Section}:Path is missing; name the folder that holds the model (model.onnx, tokenizer.json)."];
        if (options.Endpoint is not null)
            return [$"{EmbeddingOptions.Section}:Endpoint is set, but {EmbeddingOptions.Section}:Kind is \"{Name}\"; set the kind to \"openai\", or remove the endpoint."];
        try
        {
            OnnxSentenceEncoder.Check(path, OptionsOf(options));
            return [];
        }
        catch (ModelFolderException exception)
        {
            return [$"{EmbeddingOptions.Section}:Path is \"{path}\", which cannot be used: {exception.Message}"];
        }
    }

    public Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var run = OptionsOf(options);
            OnnxSentenceEncoder encoder;
            try
            {
                encoder = OnnxSentenceEncoder.Open(options.Path!, run);
            }
            catch (ModelFolderException exception)
            {
                throw new EmbeddingException($"The model in {EmbeddingOptions.Section}:Path cannot be used.", exception.Message, exception);
            }
            return new EmbeddingModel(encoder, new EmbeddingModelDescription
            {
                Kind = Name,
                Name = encoder.Name,
                Fingerprint = encoder.Fingerprint,
                Dimensions = encoder.Dimensions,
                QueryPrefix = options.QueryPrefix ?? encoder.QueryPrefix,
                DocumentPrefix = options.DocumentPrefix ?? encoder.DocumentPrefix,
                BatchSize = run.BatchSize * RunsAtOnce,
                IsLocal = true,
            });
        },
        cancellationToken);

    private static OnnxSentenceEncoderOptions OptionsOf(EmbeddingOptions options)
    {
        var usual = new OnnxSentenceEncoderOptions();
        return usual with
        {
            Graph = options.Model,
            MaxTokens = options.MaxTokens,
            BatchSize = options.BatchSize ?? usual.BatchSize,
            Threads = options.Threads ?? usual.Threads,
        };
    }
}
