using Microsoft.Extensions.Options;

namespace DailyPapers.Digests.Transport;

/// <summary>Sends through an SMTP server.</summary>
public sealed class SmtpTransport(IOptions<SmtpOptions> options) : IMailTransport
{
    /// <inheritdoc/>
    public bool IsRepeatable => false;

    /// <inheritdoc/>
    public IMailSession Open() => new SmtpSession(options.Value);
}
