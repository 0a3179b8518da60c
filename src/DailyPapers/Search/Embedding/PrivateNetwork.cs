using System.Net;
using System.Net.Sockets;

namespace DailyPapers.Search.Embedding;

/// <summary>Tells addresses of one's own machine and network from those of the internet, by name or number alone.</summary>
internal static class PrivateNetwork
{
    private static readonly IPNetwork[] _ranges =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("::/128"),
    ];

    /// <summary>Whether the address is this machine, in a private range, or a name that only a local network knows.</summary>
    public static bool Holds(Uri url)
    {
        if (url.IsLoopback)
            return true;
        var host = url.IdnHost;
        if (!IPAddress.TryParse(host, out var address))
            return !host.Contains('.', StringComparison.Ordinal)
                || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(".lan", StringComparison.OrdinalIgnoreCase);
        return Holds(address);
    }

    /// <summary>Whether the address is this machine or in a private range.</summary>
    public static bool Holds(IPAddress address)
    {
        var plain = address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || _ranges.Any(range => range.Contains(plain));
    }
}
