using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DailyPapers.Digests.Transport;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DailyPapers.Tests.Digests;

public class SmtpTransportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_connection_carries_all_mails()
    {
        await using var peer = new SmtpPeer();
        await using (var session = Open(peer))
        {
            foreach (var name in (string[])["ada", "bob", "eve"])
                Assert.Equal(MailStatus.Accepted, (await session.SendAsync(Mail(name), Token)).Status);
        }
        Assert.Equal(["ada@example.org", "bob@example.org", "eve@example.org"], peer.Received.Select(mail => mail.Recipient));
        Assert.Equal(1, peer.Connections);
    }

    [Theory]
    [InlineData("Connected", "421 4.3.2 shutting down", "Unavailable")]
    [InlineData("Connected", "554 5.3.2 go away", "Unavailable")]
    [InlineData("Sender", "451 4.7.1 later", "Deferred")]
    [InlineData("Sender", "550 5.7.1 not you", "Unavailable")]
    [InlineData("Sender", "530 5.7.0 sign in first", "Unavailable")]
    [InlineData("Recipient", "450 4.2.1 mailbox busy", "Deferred")]
    [InlineData("Recipient", "421 4.7.0 too many", "Deferred")]
    [InlineData("Recipient", "550 5.1.1 no such user", "Refused")]
    [InlineData("BeforeData", "451 4.3.0 later", "Deferred")]
    [InlineData("BeforeData", "554 5.5.1 no", "Refused")]
    [InlineData("AfterData", "452 4.3.1 disk full", "Deferred")]
    [InlineData("AfterData", "554 5.7.1 looks like spam", "Refused")]
    public async Task An_answer_decides_what_becomes_of_the_mail(string moment, string reply, string status)
    {
        await using var peer = new SmtpPeer { Faults = (at, _) => at.ToString() == moment ? SmtpFault.Answer(reply) : null };
        await using var session = Open(peer);
        var result = await session.SendAsync(Mail("ada"), Token);
        Assert.Equal((status, true), (result.Status.ToString(), result.Answer.Contains(reply[4..], StringComparison.Ordinal)));
        if (moment != "AfterData")
            Assert.Empty(peer.Received);
        peer.Faults = (_, _) => null;
        Assert.Equal(MailStatus.Accepted, (await session.SendAsync(Mail("bob"), Token)).Status);
    }

    [Theory]
    [InlineData("Connected", "Unavailable")]
    [InlineData("Sender", "Unavailable")]
    [InlineData("Recipient", "Unavailable")]
    [InlineData("BeforeData", "Unavailable")]
    [InlineData("AfterData", "Uncertain")]
    public async Task A_dropped_connection_leaves_doubt_only_after_the_hand_over(string moment, string status)
    {
        await using var peer = new SmtpPeer { Faults = (at, _) => at.ToString() == moment ? SmtpFault.Drop : null };
        await using var session = Open(peer);
        Assert.Equal(status, (await session.SendAsync(Mail("ada"), Token)).Status.ToString());
        peer.Faults = (_, _) => null;
        Assert.Equal(MailStatus.Accepted, (await session.SendAsync(Mail("bob"), Token)).Status);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_meanwhile_is_made_again()
    {
        await using var peer = new SmtpPeer();
        await using var session = Open(peer);
        await session.SendAsync(Mail("ada"), Token);
        var dropped = 0;
        peer.Faults = (at, _) => at is SmtpMoment.Sender && Interlocked.Exchange(ref dropped, 1) == 0 ? SmtpFault.Drop : null;
        Assert.Equal(MailStatus.Accepted, (await session.SendAsync(Mail("bob"), Token)).Status);
        Assert.Equal((2, 2), (peer.Received.Count, peer.Connections));
    }

    [Theory]
    [InlineData("Connected", "Unavailable")]
    [InlineData("Recipient", "Unavailable")]
    [InlineData("AfterData", "Uncertain")]
    public async Task A_silent_server_is_given_up(string moment, string status)
    {
        await using var peer = new SmtpPeer { Faults = (at, _) => at.ToString() == moment ? SmtpFault.Silence : null };
        await using var session = Open(peer, options => options.Timeout = TimeSpan.FromMilliseconds(400));
        Assert.Equal(status, (await session.SendAsync(Mail("ada"), Token)).Status.ToString());
    }

    [Fact]
    public async Task Nobody_listening_is_a_result_that_names_the_server()
    {
        int port;
        await using (var peer = new SmtpPeer())
            port = peer.Port;
        await using var session = new SmtpTransport(Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = port })).Open();
        var result = await session.SendAsync(Mail("ada"), Token);
        Assert.Equal(MailStatus.Unavailable, result.Status);
        Assert.Contains($"127.0.0.1:{port}", result.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused_unless_its_fingerprint_is_named()
    {
        using var certificate = Certificate();
        await using var peer = new SmtpPeer(certificate);
        await using (var session = Open(peer))
        {
            var refused = await session.SendAsync(Mail("ada"), Token);
            Assert.Equal(MailStatus.Unavailable, refused.Status);
            Assert.Contains("Smtp:CertificateSha256", refused.Answer, StringComparison.Ordinal);
        }
        await using (var session = Open(peer, options => options.CertificateSha256 = certificate.GetCertHashString(HashAlgorithmName.SHA256)))
            Assert.Equal(MailStatus.Accepted, (await session.SendAsync(Mail("bob"), Token)).Status);
        Assert.Equal(["bob@example.org"], peer.Encrypted);
    }

    [Fact]
    public async Task A_required_encryption_that_the_server_lacks_sends_nothing()
    {
        await using var peer = new SmtpPeer();
        await using var session = Open(peer, options => options.Security = SmtpSecurity.StartTls);
        Assert.Equal(MailStatus.Unavailable, (await session.SendAsync(Mail("ada"), Token)).Status);
        Assert.Empty(peer.Received);
    }

    [Fact]
    public async Task An_international_domain_is_sent_to_in_ascii()
    {
        await using var peer = new SmtpPeer();
        await using var session = Open(peer);
        var mail = Mail("ada");
        mail.To.Clear();
        mail.To.Add(new MailboxAddress("", "ada@xn--bcher-kva.example"));
        Assert.Equal(MailStatus.Accepted, (await session.SendAsync(mail, Token)).Status);
        Assert.Equal("ada@xn--bcher-kva.example", peer.Received.Single().Recipient);
    }

    [Fact]
    public async Task A_cancelled_run_hands_nothing_over()
    {
        await using var peer = new SmtpPeer();
        await using var session = Open(peer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.SendAsync(Mail("ada"), new CancellationToken(canceled: true)));
        Assert.Empty(peer.Received);
    }

    private static IMailSession Open(SmtpPeer peer, Action<SmtpOptions>? change = null)
    {
        var options = new SmtpOptions { Host = "127.0.0.1", Port = peer.Port, From = "papers@example.org", Timeout = TimeSpan.FromSeconds(20) };
        change?.Invoke(options);
        return new SmtpTransport(Options.Create(options)).Open();
    }

    private static MimeMessage Mail(string name) => new(
        [new MailboxAddress("", "papers@example.org")], [new MailboxAddress("", $"{name}@example.org")], "Subject", new TextPart("plain") { Text = "Text" });

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
