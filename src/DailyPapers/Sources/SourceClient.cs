using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace DailyPapers.Sources;

/// <summary>
/// Fetches from one source: paced, over one connection, bounded in size and time, tried again with growing and jittered
/// pauses or when the source says. Reading the answer belongs to the attempt, so a truncated answer is fetched again.
/// </summary>
internal sealed class SourceClient : IDisposable
{
    private const int MostRedirects = 3;
    private const int MostErrorBytes = 64 * 1024;
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromMinutes(15);

    private readonly string _source;
    private readonly SourcesOptions _options;
    private readonly RequestPacing _pacing;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _retries;

    public SourceClient(string source, TimeSpan interval, SourcesOptions options, TimeProvider time, ILogger logger)
    {
        _source = source;
        _options = options;
        _time = time;
        _pacing = new RequestPacing(interval, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AutomaticDecompression = DecompressionMethods.All,
            // Followed here, so that each hop waits for its turn.
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            UseCookies = false,
            ConnectCallback = new OutboundHosts(options).ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", options.UserAgent);
        _retries = options.Retries == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<FailedAttemptException>(),
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(3),
                MaxDelay = TimeSpan.FromMinutes(2),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as FailedAttemptException)?.RetryAfter),
                OnRetry = arguments =>
                {
                    logger.LogDebug("{Source}: {Failure} Trying again in {Delay}.", source, arguments.Outcome.Exception?.Message, arguments.RetryDelay);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Fetches <paramref name="url"/> and reads the answer.</summary>
    /// <param name="url">What to fetch.</param>
    /// <param name="accept">The media types wanted.</param>
    /// <param name="read">Reads an answer; a <see cref="MalformedResponseException"/> asks for it again.</param>
    /// <param name="explain">What the source itself says in the answer with an error status, if anything.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="authorization">The Authorization header, if any.</param>
    /// <exception cref="SourceException">No usable answer came.</exception>
    public async Task<T> GetAsync<T>(
        Uri url,
        string accept,
        Func<SourceResponse, T> read,
        Func<HttpResponseMessage, SourceResponse, string?>? explain,
        CancellationToken cancellationToken,
        AuthenticationHeaderValue? authorization = null)
    {
        try
        {
            return await _retries.ExecuteAsync(async token => await AttemptAsync(url, accept, read, explain, authorization, token), cancellationToken);
        }
        catch (FailedAttemptException exception)
        {
            throw new SourceException(_source, $"{exception.Message} ({url.GetLeftPart(UriPartial.Path)})", exception.Remedy, exception)
            {
                IsUnreachable = exception.IsUnreachable,
                NotBefore = exception.NotBefore,
            };
        }
        catch (RefusedResponseException exception)
        {
            throw new SourceException(_source, $"{exception.Message} ({url.GetLeftPart(UriPartial.Path)})", exception.Remedy, exception)
            {
                NotBefore = (exception as PostponedException)?.NotBefore,
            };
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _pacing.Dispose();
    }

    private async Task<T> AttemptAsync<T>(
        Uri url,
        string accept,
        Func<SourceResponse, T> read,
        Func<HttpResponseMessage, SourceResponse, string?>? explain,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        try
        {
            for (var hop = 0; ; hop++)
            {
                var at = url;
                var header = authorization;
                var (response, next) = await _pacing.InTurnAsync(token => ExchangeAsync(at, accept, explain, header, token), cancellationToken);
                if (next is null)
                    return read(response);
                if (hop == MostRedirects)
                    throw new RefusedResponseException($"it redirected more than {MostRedirects} times, last to {next}.", "Check the configured URL.");
                // A token is for the configured server only.
                if (next.Authority != url.Authority)
                    authorization = null;
                url = next;
            }
        }
        catch (HttpRequestException exception)
        {
            throw new FailedAttemptException($"no answer came: {exception.Message}", "Check the network connection and the configured URL; running again goes on where this stopped.", exception) { IsUnreachable = true };
        }
        catch (IOException exception)
        {
            throw new FailedAttemptException($"the answer broke off: {exception.Message}", "Run again later; it goes on where this stopped.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new FailedAttemptException($"the answer's compression is damaged: {exception.Message}", "Run again later; it goes on where this stopped.", exception);
        }
        catch (MalformedResponseException exception)
        {
            throw new FailedAttemptException($"the answer cannot be read: {exception.Message}", "Run again later; it goes on where this stopped. If it persists, the source changed its format.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FailedAttemptException(
                $"the answer was not complete after {_options.RequestTimeout.TotalSeconds:0.#} s.",
                "Run again later, or raise Sources:RequestTimeout; it goes on where this stopped.",
                exception)
            { IsUnreachable = true };
        }
    }

    /// <summary>One request; either the whole answer or where it redirects to.</summary>
    private async Task<(SourceResponse Response, Uri? RedirectedTo)> ExchangeAsync(
        Uri url,
        string accept,
        Func<HttpResponseMessage, SourceResponse, string?>? explain,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.Authorization = authorization;
        // Wall-clock, whatever clock paces the requests: a stalled peer stalls in real time.
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(_options.RequestTimeout);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited.Token);
        if (response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            && response.Headers.Location is { } location)
        {
            var next = new Uri(url, location);
            return OutboundHosts.MayRedirect(url, next)
                ? (new SourceResponse([], null), next)
                : throw new RefusedResponseException($"it redirected to {next}, which is not followed.", "Check the configured URL.");
        }
        var charset = response.Content.Headers.ContentType?.CharSet?.Trim('"');
        if (response.IsSuccessStatusCode)
            return (new SourceResponse(await ReadBoundedAsync(response, _options.MaxResponseBytes, limited.Token), charset), null);

        var body = await ReadErrorAsync(response, limited.Token);
        throw Failure(response, explain?.Invoke(response, new SourceResponse(body, charset)));
    }

    private Exception Failure(HttpResponseMessage response, string? said)
    {
        var status = (int)response.StatusCode;
        var happened = $"it answered {status} {response.ReasonPhrase}{(said is null ? "." : $": {said.TrimEnd('.')}.")}";
        if (status is 408 or 429 or >= 500)
        {
            var wait = RetryAfter(response);
            if (wait <= _longestRetryAfter || wait is null)
                return new FailedAttemptException(happened, "Run again later; it goes on where this stopped.") { RetryAfter = wait, NotBefore = wait is null ? null : _time.GetUtcNow() + wait };
            var until = _time.GetUtcNow() + wait.Value;
            return new PostponedException($"{happened.TrimEnd('.')} and asks to wait until {until:yyyy-MM-dd HH:mm} UTC.", "Run again after that; it goes on where this stopped.", until);
        }
        return new RefusedResponseException(happened, status switch
        {
            401 => "Check the configured token.",
            403 => "The source refuses this client: set Sources:Contact so that it knows whom to ask, and wait before trying again.",
            404 => "Check the configured URL and the name asked for.",
            _ => "Check what was asked for.",
        });
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<byte[]> ReadBoundedAsync(HttpResponseMessage response, int most, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (body.Length + read > most)
                    throw new RefusedResponseException($"the answer has more than {most:N0} bytes after decompression.", "Ask for less at once, or raise Sources:MaxResponseBytes if the source is to be trusted.");
                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return body.ToArray();
    }

    /// <summary>The beginning of an error's body; an error whose body breaks is still that error.</summary>
    private static async Task<byte[]> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadBoundedAsync(response, MostErrorBytes, cancellationToken);
        }
        catch (Exception exception) when (exception is RefusedResponseException or IOException or HttpRequestException or InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>An attempt that may be repeated.</summary>
    private sealed class FailedAttemptException(string message, string remedy, Exception? inner = null) : Exception(message, inner)
    {
        public string Remedy { get; } = remedy;

        public TimeSpan? RetryAfter { get; init; }

        public DateTimeOffset? NotBefore { get; init; }

        public bool IsUnreachable { get; init; }
    }
}
