using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DailyPapers.Tests.Digests;

/// <summary>A small SMTP server (RFC 5321, STARTTLS) on 127.0.0.1 that a test tells when to fail.</summary>
internal sealed class SmtpPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _connections;

    public SmtpPeer(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => _connections;

    /// <summary>Mails this server took responsibility for, in order.</summary>
    public ConcurrentQueue<ReceivedMail> Received { get; } = [];

    /// <summary>Recipients whose session was encrypted.</summary>
    public ConcurrentQueue<string> Encrypted { get; } = [];

    /// <summary>What goes wrong at a moment, for a recipient (empty before one is named); null for nothing.</summary>
    public Func<SmtpMoment, string, SmtpFault?> Faults { get; set; } = (_, _) => null;

    public Dictionary<string, string?> Settings => new()
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Smtp:From"] = "Daily Papers <papers@example.org>",
        ["Site:Url"] = "https://papers.example.org",
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
                await TalkAsync(client.GetStream());
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or HungUpException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        var reader = new StreamReader(stream, Encoding.Latin1);
        var (sender, recipient, encrypted) = ("", "", false);
        if (!await FailsAsync(stream, SmtpMoment.Connected, ""))
            await SayAsync(stream, "220 peer ready");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(stream, _certificate is null || encrypted ? "250-peer\r\n250 8BITMIME" : "250-peer\r\n250-8BITMIME\r\n250 STARTTLS");
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go ahead");
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                    (stream, encrypted, reader) = (tls, true, new StreamReader(tls, Encoding.Latin1));
                    break;
                case "MAIL":
                    sender = Path(line);
                    if (!await FailsAsync(stream, SmtpMoment.Sender, ""))
                        await SayAsync(stream, "250 sender ok");
                    break;
                case "RCPT":
                    recipient = Path(line);
                    if (!await FailsAsync(stream, SmtpMoment.Recipient, recipient))
                        await SayAsync(stream, "250 recipient ok");
                    break;
                case "DATA":
                    if (await FailsAsync(stream, SmtpMoment.BeforeData, recipient))
                        break;
                    await SayAsync(stream, "354 go on");
                    var mail = new ReceivedMail(sender, recipient, await ReadDataAsync(reader));
                    if (Faults(SmtpMoment.AfterData, recipient) is not { Delivers: false })
                        Received.Enqueue(mail);
                    if (encrypted)
                        Encrypted.Enqueue(recipient);
                    if (!await FailsAsync(stream, SmtpMoment.AfterData, recipient))
                        await SayAsync(stream, "250 queued");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    private async Task<bool> FailsAsync(Stream stream, SmtpMoment moment, string recipient)
    {
        if (Faults(moment, recipient) is not { } fault)
            return false;
        if (fault.Reply is { } reply)
            await SayAsync(stream, reply);
        return fault.HangsUp ? throw new HungUpException() : true;
    }

    private async Task<byte[]> ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return Encoding.Latin1.GetBytes(data.ToString());
    }

    private Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _stop.Token).AsTask();

    private static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private sealed class HungUpException : Exception;
}
