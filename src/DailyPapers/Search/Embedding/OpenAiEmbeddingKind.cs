using Microsoft.Extensions.Logging;

namespace DailyPapers.Search.Embedding;

/// <summary>A model behind an endpoint that speaks OpenAI's protocol: OpenAI, Ollama, vLLM, llama.cpp, text-embeddings-inference.</summary>
internal sealed class OpenAiEmbeddingKind(TimeProvider time, ILogger<OpenAiEmbeddingKind> logger) : IEmbeddingKind
{
    private const int DefaultBatchSize = 64;

    public string Name => "openai";

    public IEnumerable<string> Problems(EmbeddingOptions options)
    {
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint) || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps)
            || endpoint.UserInfo.Length > 0 || endpoint.Fragment.Length > 0)
        {
            yield return $"{EmbeddingOptions.Section}:Endpoint is \"{Shown(options.Endpoint)}\"; expected the address below which /embeddings answers, such as \"http://localhost:11434/v1\" (a key goes to {EmbeddingOptions.Section}:ApiKey).";
            yield break;
        }
        if (string.IsNullOrWhiteSpace(options.Model))
            yield return $"{EmbeddingOptions.Section}:Model is missing; name the model as the endpoint does, such as \"nomic-embed-text\".";
        if (options.ApiKey is { } key && (key.Length == 0 || key.Any(c => c is <= ' ' or > '~')))
            yield return $"{EmbeddingOptions.Section}:ApiKey has characters that a request header cannot carry; copy it again, without spaces or line ends.";
        if (options.ApiKey is not null && options.ApiKeyFile is not null)
            yield return $"{EmbeddingOptions.Section}:ApiKey and {EmbeddingOptions.Section}:ApiKeyFile are both set; keep one.";
        if (options.ApiKeyFile is { } file && !File.Exists(file))
            yield return $"{EmbeddingOptions.Section}:ApiKeyFile is \"{file}\", where no file is; name the file that holds the key.";
        if ((options.ApiKey ?? options.ApiKeyFile) is not null && endpoint.Scheme == Uri.UriSchemeHttp && !PrivateNetwork.Holds(endpoint))
            yield return $"{EmbeddingOptions.Section}:Endpoint is \"{endpoint}\", to which the key would go readably over the internet; use https.";
    }

    public async Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken)
    {
        var client = new OpenAiEmbeddingClient(options, KeyOf(options), time, logger);
        try
        {
            // One answer shows that address, key and model are right, and how long the vectors are.
            var first = await client.GenerateAsync(["dimensions"], cancellationToken: cancellationToken);
            return new EmbeddingModel(client, new EmbeddingModelDescription
            {
                Kind = Name,
                Name = options.Model!,
                // Not the address: a model that moves to another machine makes the same vectors.
                Fingerprint = options.Model!,
                Dimensions = first[0].Vector.Length,
                QueryPrefix = options.QueryPrefix ?? "",
                DocumentPrefix = options.DocumentPrefix ?? "",
                BatchSize = options.BatchSize ?? DefaultBatchSize,
                QueryTimeout = options.QueryTimeout,
            });
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static string? KeyOf(EmbeddingOptions options)
    {
        if (options.ApiKeyFile is not { } file)
            return options.ApiKey;
        string key;
        try
        {
            key = File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingException($"{EmbeddingOptions.Section}:ApiKeyFile \"{file}\" cannot be read: {exception.Message}", "Let the service read it.", exception);
        }
        return key.Length > 0 && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new EmbeddingException($"{EmbeddingOptions.Section}:ApiKeyFile \"{file}\" holds no key.", "Write the key into it, on one line.");
    }

    /// <summary>A wrong address may hold a password.</summary>
    private static string? Shown(string? endpoint) => endpoint is not null && endpoint.Contains('@', StringComparison.Ordinal) ? "…@" + endpoint[(endpoint.LastIndexOf('@') + 1)..] : endpoint;
}
