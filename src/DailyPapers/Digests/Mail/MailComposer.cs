using System.Security.Cryptography;
using System.Text;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Digests.Transport;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DailyPapers.Digests.Mail;

/// <summary>Puts text and HTML of one mail into MIME, from the configured sender.</summary>
public sealed class MailComposer(IOptions<SiteOptions> site, IOptions<SmtpOptions> smtp, SiteLinks links, TimeProvider time)
{
    /// <summary>Where unsubscribe requests by mail go.</summary>
    public string ReplyAddress => (ReplyTo ?? From).Address;

    private MailboxAddress From
    {
        get
        {
            var mailbox = smtp.Value.From is { } from ? MailboxAddress.Parse(from) : new MailboxAddress("", $"papers@{links.Host}");
            return string.IsNullOrEmpty(mailbox.Name) ? new MailboxAddress(site.Value.Name, mailbox.Address) : mailbox;
        }
    }

    private MailboxAddress? ReplyTo => smtp.Value.ReplyTo is { } address ? MailboxAddress.Parse(address) : null;

    /// <summary>The Message-ID that stands for <paramref name="what"/>: the same for the same words, different for others.</summary>
    public string MessageIdFor(string kind, params ReadOnlySpan<string> what) =>
        $"{kind}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', what!))).AsSpan(0, 16))}@{links.Host}";

    /// <summary>Makes the message.</summary>
    public MimeMessage Compose(EmailAddress to, string messageId, string subject, string text, string html)
    {
        var message = new MimeMessage
        {
            MessageId = messageId,
            Date = time.GetUtcNow(),
            Subject = MailText.OneLine(subject),
            Body = new MultipartAlternative(Part("plain", text), Part("html", html))
            {
                // A random one would make the same mail differ each time it is written.
                Boundary = "=-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 12)),
            },
        };
        message.From.Add(From);
        message.To.Add(new MailboxAddress("", to.Mailbox));
        if (ReplyTo is { } replyTo)
            message.ReplyTo.Add(replyTo);
        return message;
    }

    private static TextPart Part(string subtype, string text) => new(subtype)
    {
        Text = text,
        ContentTransferEncoding = ContentEncoding.QuotedPrintable,
    };
}
