using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace DailyPapers.Digests.Transport;

/// <summary>One SMTP connection, made with the first mail, kept for the next ones and made again when it drops.</summary>
internal sealed class SmtpSession(SmtpOptions options) : IMailSession
{
    private SmtpClient? _client;

    public async Task<MailResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reused = _client is { IsConnected: true };
            if (!reused && await ConnectAsync(cancellationToken) is { } failure)
                return failure;
            cancellationToken.ThrowIfCancellationRequested();

            var body = new BodyProgress();
            // Only the timeout may interrupt from here on: a hand-over cut off by us would leave its outcome unknown.
            using var timeout = new CancellationTokenSource(options.Timeout);
            try
            {
                return new(MailStatus.Accepted, OneLine(await _client!.SendAsync(message, timeout.Token, body)));
            }
            catch (SmtpCommandException refusal)
            {
                return Refused(refusal);
            }
            catch (ServiceNotAuthenticatedException exception)
            {
                Drop();
                return new(MailStatus.Unavailable, $"{options.Host} wants a sign-in ({OneLine(exception.Message)}); set Smtp:User and Smtp:Password.");
            }
            catch (Exception exception) when (IsBroken(exception))
            {
                Drop();
                if (body.HasBegun)
                    return new(MailStatus.Uncertain, $"{options.Host} did not answer after the mail was handed over: {Reason(exception)}");
                // Servers close idle connections; a fresh one deserves one try.
                if (!reused)
                    return new(MailStatus.Unavailable, $"{options.Host} dropped the connection before the mail was handed over: {Reason(exception)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { IsConnected: true })
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await _client.DisconnectAsync(quit: true, timeout.Token);
            }
            catch (Exception exception) when (IsBroken(exception) || exception is SmtpCommandException)
            {
                // Every mail has its answer already; a server that does not say goodbye changes nothing.
            }
        }
        Drop();
    }

    private async Task<MailResult?> ConnectAsync(CancellationToken cancellationToken)
    {
        Drop();
        _client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds };
        if (options.CertificateSha256 is { } pinned)
            _client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
                errors is SslPolicyErrors.None
                || (certificate is not null && certificate.GetCertHashString(HashAlgorithmName.SHA256).Equals(SmtpOptionsRules.Fingerprint(pinned), StringComparison.OrdinalIgnoreCase));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            await _client.ConnectAsync(options.Host!, options.Port, SocketOptions, limit.Token);
            if (!string.IsNullOrEmpty(options.User))
                await _client.AuthenticateAsync(options.User, options.Password!, limit.Token);
            return null;
        }
        catch (AuthenticationException exception)
        {
            Drop();
            return new(MailStatus.Unavailable, $"{options.Host} does not accept Smtp:User with this password: {Reason(exception)}");
        }
        catch (SslHandshakeException exception)
        {
            Drop();
            return new(MailStatus.Unavailable, $"No trusted TLS connection to {options.Host}:{options.Port} ({Reason(exception)}) If the certificate is right, name its fingerprint in Smtp:CertificateSha256.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (IsBroken(exception) || exception is SmtpCommandException or NotSupportedException))
        {
            Drop();
            return new(MailStatus.Unavailable, $"No connection to {options.Host}:{options.Port}: {Reason(exception)}");
        }
    }

    private SecureSocketOptions SocketOptions => options.Security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ when options.Port == 465 => SecureSocketOptions.SslOnConnect,
        _ when !string.IsNullOrEmpty(options.User) && !SmtpOptionsRules.IsThisMachine(options.Host) => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable,
    };

    private static MailResult Refused(SmtpCommandException refusal)
    {
        var answer = $"{(int)refusal.StatusCode} {OneLine(refusal.Message)}";
        if ((int)refusal.StatusCode < 500)
            return new(MailStatus.Deferred, answer);
        // A refused sender is refused for every recipient: giving up on them all would lose the digest over a setting.
        return refusal.ErrorCode is SmtpErrorCode.SenderNotAccepted
            ? new(MailStatus.Unavailable, $"The sender was refused: {answer}. Check Smtp:From.")
            : new(MailStatus.Refused, answer);
    }

    private void Drop()
    {
        _client?.Dispose();
        _client = null;
    }

    private static bool IsBroken(Exception exception) =>
        exception is IOException or ProtocolException or SocketException or ServiceNotConnectedException or OperationCanceledException or TimeoutException;

    private static string Reason(Exception exception) =>
        exception is OperationCanceledException ? "it took too long." : OneLine(exception.Message);

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 300 ? line[..300] : line;
    }

    /// <summary>Knows whether any of the message has left: before that a broken connection cannot have delivered it.</summary>
    private sealed class BodyProgress : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;

        public void Report(long bytesTransferred) => HasBegun = true;
    }
}
