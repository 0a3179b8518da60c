using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace DailyPapers.Search.Embedding;

/// <summary>
/// <c>POST {endpoint}/embeddings</c>. Servers differ in what they send back: order, base64 or numbers, the form of errors;
/// everything that the protocol allows is read and everything else refused with the server's own words.
/// </summary>
/// <remarks>
/// Own code rather than OpenAI's package: the order by <c>index</c>, the bounds on answers and on <c>Retry-After</c>, what errors may
/// repeat, and the search for a text too long are ours to decide.
/// </remarks>
internal sealed class OpenAiEmbeddingClient : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int DefaultBatchSize = 64;
    private const int MostResponseBytes = 64 * 1024 * 1024;
    private const int ShortestText = 128;
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromMinutes(2);

    private readonly EmbeddingOptions _options;
    private readonly Uri _url;
    private readonly string? _key;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _retries;
    private readonly EmbeddingGeneratorMetadata _metadata;

    public OpenAiEmbeddingClient(EmbeddingOptions options, string? key, TimeProvider time, ILogger logger)
    {
        _options = options;
        _key = key;
        _time = time;
        _url = UrlOf(options.Endpoint!);
        _metadata = new EmbeddingGeneratorMetadata("openai", _url, options.Model, options.Dimensions);
        _http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            // The key and the texts are for the configured address only.
            AllowAutoRedirect = false,
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostResponseBytes,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _retries = options.Retries == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                // An endpoint that asks for a longer pause than one request is worth is left to the caller.
                ShouldHandle = new PredicateBuilder().Handle<FailedRequestException>(failure => failure.RetryAfter is null || failure.RetryAfter <= _longestRetryAfter),
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromSeconds(30),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as FailedRequestException)?.RetryAfter),
                OnRetry = arguments =>
                {
                    logger.LogDebug("Embedding at {Url}: {Failure} Trying again in {Delay}.", _url, arguments.Outcome.Exception?.Message, arguments.RetryDelay);
                    return default;
                },
            })
            .Build();
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var texts in values.Chunk(_options.BatchSize ?? DefaultBatchSize))
            foreach (var vector in await RequestAsync(texts, cancellationToken))
                embeddings.Add(new Embedding<float>(vector) { ModelId = _options.Model });
        return embeddings;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// One request; where the server finds a text too long, it is sought by halving the batch and shortened by halving the text,
    /// since only the server knows its tokens. What is lost is the end of an unusually long abstract.
    /// </summary>
    private async Task<float[][]> RequestAsync(string[] texts, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(async token => await AttemptAsync(texts, token), cancellationToken);
        }
        catch (FailedRequestException failure)
        {
            throw new EmbeddingException($"{_url}: {failure.Message}", failure.Remedy, failure) { IsTransient = true, NotBefore = failure.RetryAfter is { } wait ? _time.GetUtcNow() + wait : null };
        }
        catch (RefusedTextsException) when (texts.Length > 1)
        {
            var half = texts.Length / 2;
            var first = await RequestAsync(texts[..half], cancellationToken);
            return [.. first, .. await RequestAsync(texts[half..], cancellationToken)];
        }
        catch (RefusedTextsException) when (texts[0].Length > ShortestText)
        {
            return await RequestAsync([FirstHalf(texts[0])], cancellationToken);
        }
        catch (RefusedTextsException refusal)
        {
            throw new EmbeddingException(
                $"{_url}: {refusal.Message}", $"Check {EmbeddingOptions.Section}:Model and {EmbeddingOptions.Section}:Dimensions.", refusal);
        }
    }

    private async Task<float[][]> AttemptAsync(string[] texts, CancellationToken cancellationToken)
    {
        // Wall-clock, whatever clock paces the retries: a stalled peer stalls in real time.
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(_options.Timeout);
        try
        {
            using var content = new ByteArrayContent(RequestBody(texts)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await _http.PostAsync(_url, content, limited.Token);
            var body = await response.Content.ReadAsByteArrayAsync(limited.Token);
            if (!response.IsSuccessStatusCode)
                throw Failure(response, body);
            return EmbeddingsAnswer.Read(body, texts.Length);
        }
        catch (FormatException exception)
        {
            throw new EmbeddingException(
                $"{_url}: the answer cannot be read: {exception.Message}",
                $"Check that {EmbeddingOptions.Section}:Endpoint is the address of an OpenAI-compatible service, usually ending in /v1.",
                exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            throw new FailedRequestException($"no answer came: {Clean(exception.Message)}", $"Check that the service runs and that {EmbeddingOptions.Section}:Endpoint is its address.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FailedRequestException(
                $"the answer was not complete after {_options.Timeout.TotalSeconds:0.###} s.",
                $"Raise {EmbeddingOptions.Section}:Timeout or lower {EmbeddingOptions.Section}:BatchSize.",
                exception);
        }
    }

    private byte[] RequestBody(string[] texts)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", _options.Model);
            json.WriteStartArray("input");
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteString("encoding_format", "float");
            if (_options.Dimensions is { } dimensions)
                json.WriteNumber("dimensions", dimensions);
            json.WriteEndObject();
        }
        return body.ToArray();
    }

    private Exception Failure(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        var said = Clean(EmbeddingsAnswer.ErrorOf(body));
        var happened = $"the service answered {status.ToString(CultureInfo.InvariantCulture)} {response.ReasonPhrase}{(said.Length == 0 ? "." : $": {said.TrimEnd('.')}.")}";
        return status switch
        {
            408 or 429 or >= 500 => new FailedRequestException(happened, "Try again later.") { RetryAfter = RetryAfter(response) },
            400 or 413 or 422 => new RefusedTextsException(happened),
            401 or 403 => new EmbeddingException($"{_url}: {happened}", $"Check {EmbeddingOptions.Section}:ApiKey or ApiKeyFile."),
            404 or 405 => new EmbeddingException($"{_url}: {happened}", $"Check {EmbeddingOptions.Section}:Endpoint (usually ending in /v1) and {EmbeddingOptions.Section}:Model (the service must have it)."),
            >= 300 and < 400 => new EmbeddingException($"{_url}: {happened} It leads to {response.Headers.Location}.", $"If that is right, set {EmbeddingOptions.Section}:Endpoint to where it leads."),
            _ => new EmbeddingException($"{_url}: {happened}", $"Check {EmbeddingOptions.Section}:Endpoint."),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>What a server says goes to logs and pages: one short line, without the key, which some repeat.</summary>
    private string Clean(string? said)
    {
        const int longest = 300;
        var line = new StringBuilder();
        foreach (var c in _key is null ? said ?? "" : (said ?? "").Replace(_key, "…", StringComparison.Ordinal))
            line.Append(char.IsControl(c) ? ' ' : c);
        var text = line.ToString().Trim();
        return text.Length <= longest ? text : text[..longest] + "…";
    }

    private static string FirstHalf(string text)
    {
        var end = text.Length / 2;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    private static Uri UrlOf(string endpoint)
    {
        var builder = new UriBuilder(endpoint);
        var path = builder.Path.TrimEnd('/');
        builder.Path = path.EndsWith("/embeddings", StringComparison.Ordinal) ? path : path + "/embeddings";
        return builder.Uri;
    }

    /// <summary>A request that may be repeated.</summary>
    private sealed class FailedRequestException(string message, string remedy, Exception? inner = null) : Exception(message, inner)
    {
        public string Remedy { get; } = remedy;

        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>The server does not take the request as it is, which may be for one of its texts.</summary>
    private sealed class RefusedTextsException(string message) : Exception(message);
}
