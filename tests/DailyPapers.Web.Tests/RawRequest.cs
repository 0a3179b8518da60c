using System.Net.Sockets;
using System.Text;

namespace DailyPapers.Web.Tests;

/// <summary>Sends bytes that no HTTP client would send.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends GET <paramref name="target"/> exactly as written (each character one byte); returns the whole answer.</summary>
    public static async Task<(int Status, string Text)> GetAsync(Uri service, string target)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(service.Host, service.Port, timeout.Token);
        var stream = client.GetStream();
        var request = Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: {service.Authority}\r\nConnection: close\r\n\r\n");
        try
        {
            await stream.WriteAsync(request, timeout.Token);
        }
        catch (IOException)
        {
            // The server may answer and close before it was sent everything.
        }
        var text = await ReadAsync(stream, timeout.Token);
        Assert.StartsWith("HTTP/1.1 ", text, StringComparison.Ordinal);
        return (int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                answer.Write(buffer, 0, read);
        }
        catch (IOException)
        {
            // A reset after the answer: what came before it counts.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
