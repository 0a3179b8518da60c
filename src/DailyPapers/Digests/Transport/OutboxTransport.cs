using DailyPapers.Storage;

namespace DailyPapers.Digests.Transport;

/// <summary>Writes each mail as an <c>.eml</c> file named by its Message-ID into the data directory's outbox.</summary>
public sealed class OutboxTransport(DataDirectory directory) : IMailTransport
{
    /// <inheritdoc/>
    public bool IsRepeatable => true;

    /// <inheritdoc/>
    public IMailSession Open() => new OutboxSession(directory.Outbox);
}
