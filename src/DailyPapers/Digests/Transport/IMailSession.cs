using MimeKit;

namespace DailyPapers.Digests.Transport;

/// <summary>A series of mails over one connection; for one caller at a time.</summary>
public interface IMailSession : IAsyncDisposable
{
    /// <summary>
    /// Hands over one message. Cancelling prevents the hand-over but never interrupts one that has begun; failures are
    /// results, not exceptions.
    /// </summary>
    Task<MailResult> SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
