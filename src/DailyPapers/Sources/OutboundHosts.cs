using System.Net;
using System.Net.Sockets;
using DailyPapers.Search.Embedding;

namespace DailyPapers.Sources;

/// <summary>
/// Which hosts are contacted: those in the settings, and those of the same site that they redirect to, if these are on the
/// internet. An answer of a source can so never make the service ask its own network, whatever a name resolves to.
/// </summary>
internal sealed class OutboundHosts(SourcesOptions options)
{
    private readonly HashSet<string> _configured = new(
        ((Uri[])[options.Arxiv.AtomUrl, options.Arxiv.OaiUrl, options.Arxiv.RssUrl, options.HuggingFace.Url]).Select(url => url.IdnHost), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a redirect may be followed: on the same server, or to another server of its site that is no address and not less protected.</summary>
    public static bool MayRedirect(Uri from, Uri to)
    {
        if (to.Scheme != Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttp)
            return false;
        if (to.UserInfo.Length > 0 || (from.Scheme == Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttps))
            return false;
        return to.Authority == from.Authority || (to.IsDefaultPort && to.HostNameType is UriHostNameType.Dns && SiteOf(to) is { } site && site == SiteOf(from));
    }

    /// <summary>Connects; the addresses of a host that is not in the settings must be public ones.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Another host than the one asked for is the proxy of this machine's settings, which then looks the name up itself.
            var isProxy = !string.Equals(host, context.InitialRequestMessage.RequestUri?.IdnHost, StringComparison.OrdinalIgnoreCase);
            if (isProxy || _configured.Contains(host))
                await socket.ConnectAsync(host, port, cancellationToken);
            else
                await socket.ConnectAsync(await PublicAddressesAsync(host, cancellationToken), port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<IPAddress[]> PublicAddressesAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        // One private address among them is enough to distrust the name.
        return addresses.Any(PrivateNetwork.Holds)
            ? throw new RefusedResponseException($"it leads to {host}, which is an address of this machine or its network.", "Check the configured URL.")
            : addresses;
    }

    // arxiv.org of export.arxiv.org; a name without a dot has no site.
    private static string? SiteOf(Uri url)
    {
        var labels = url.IdnHost.Split('.');
        return labels.Length >= 2 ? $"{labels[^2]}.{labels[^1]}".ToLowerInvariant() : null;
    }
}
