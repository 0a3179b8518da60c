using DailyPapers.Editions;
using DailyPapers.Papers;
using Microsoft.Extensions.Options;

namespace DailyPapers.Digests.Mail;

/// <summary>Addresses on the site, complete with host, for mails.</summary>
public sealed class SiteLinks(IOptions<SiteOptions> options)
{
    private readonly string _base = options.Value.Url.TrimEnd('/');

    /// <summary>The front page.</summary>
    public string Home => _base + "/";

    /// <summary>The site's host name.</summary>
    public string Host => new Uri(_base).IdnHost;

    /// <summary>Whether the site is reached over HTTPS, which one-click unsubscribing needs (RFC 8058).</summary>
    public bool IsSecure => _base.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page at a path such as <c>/account</c>.</summary>
    public string At(string path) => _base + path;

    /// <summary>A paper's page.</summary>
    public string Paper(Paper paper) => $"{_base}/papers/{Uri.EscapeDataString(paper.Key).Replace("%2F", "/", StringComparison.Ordinal)}";

    /// <summary>A day's or week's page.</summary>
    public string Edition(Period period) => period.Kind is PeriodKind.Day ? $"{_base}/papers/date/{period.Name}" : $"{_base}/papers/week/{period.Name}";

    /// <summary>The page of recommendations, where they can also be taken out of the digest.</summary>
    public string ForYou => _base + "/for-you";

    /// <summary>The page that asks to confirm a subscription.</summary>
    public string Confirm(string token) => $"{_base}/subscribe/confirm?token={token}";

    /// <summary>The page that asks to end a subscription; a POST to it ends it at once.</summary>
    public string Unsubscribe(string token) => $"{_base}/unsubscribe?token={token}";
}
