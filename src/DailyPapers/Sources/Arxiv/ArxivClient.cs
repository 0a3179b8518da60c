using Microsoft.Extensions.Logging;

namespace DailyPapers.Sources.Arxiv;

/// <summary>The one client through which everything of arXiv is fetched, so that its limit holds across all of its interfaces.</summary>
/// <remarks>Terms: https://info.arxiv.org/help/api/tou.html, at most one request in three seconds, over one connection.</remarks>
internal sealed class ArxivClient(SourcesOptions options, TimeProvider time, ILogger<ArxivClient> logger) : IDisposable
{
    public const string Name = "arXiv";

    /// <summary>The source of records, as stored.</summary>
    public const string Source = "arxiv";

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(3);
    private readonly SourceClient _client = new(Name, _interval, options, time, logger);

    public ArxivOptions Options => options.Arxiv;

    public Task<T> GetAsync<T>(Uri url, Func<SourceResponse, T> read, CancellationToken cancellationToken) =>
        _client.GetAsync(url, "application/xml, application/atom+xml, application/rss+xml, text/xml;q=0.9", read, (_, body) => AtomPage.ErrorIn(body), cancellationToken);

    public void Dispose() => _client.Dispose();
}
