using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Sources.HuggingFace;

/// <summary>Fetches from Hugging Face's papers API, one request a second.</summary>
internal sealed class HuggingFaceClient(SourcesOptions options, TimeProvider time, ILogger<HuggingFaceClient> logger) : IDisposable
{
    public const string Name = "Hugging Face";

    /// <summary>The source of records and the origin of submissions, as stored.</summary>
    public const string Source = "huggingface";

    private readonly SourceClient _client = new(Name, TimeSpan.FromSeconds(1), options, time, logger);

    public Task<T> GetAsync<T>(string pathAndQuery, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var authorization = options.HuggingFace.Token is { Length: > 0 } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        return _client.GetAsync(
            new Uri($"{options.HuggingFace.Url.AbsoluteUri.TrimEnd('/')}/{pathAndQuery}"), "application/json", body => Parse(body, read), Explain, cancellationToken, authorization);
    }

    public void Dispose() => _client.Dispose();

    private static T Parse<T>(SourceResponse response, Func<JsonElement, T> read)
    {
        try
        {
            using var text = JsonDocument.Parse(response.Body);
            return read(text.RootElement);
        }
        catch (JsonException exception)
        {
            if (response.Body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'<', ..])
                throw new RefusedResponseException("it answered with a web page rather than with data.", "Check the configured URL, and whether a proxy or a log-in page stands between.");
            throw new MalformedResponseException($"it is not valid JSON. {exception.Message}", exception);
        }
    }

    /// <summary>The reason in the header or the body of an error.</summary>
    private static string? Explain(HttpResponseMessage response, SourceResponse body)
    {
        if (response.Headers.TryGetValues("X-Error-Message", out var values) && FieldText.Line(string.Join(' ', values)) is { } said)
            return Shorten(said);
        try
        {
            using var text = JsonDocument.Parse(body.Body);
            return text.RootElement.Text("error") is { } error && FieldText.Line(error) is { } line ? Shorten(line) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shorten(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
