namespace DailyPapers.Digests.Transport;

/// <summary>Where mails go: an SMTP server, or files where none is configured.</summary>
public interface IMailTransport
{
    /// <summary>True when giving the same message again leaves one copy, so that an interrupted hand-over may simply be repeated.</summary>
    bool IsRepeatable { get; }

    /// <summary>Begins a series of mails; the connection is made with the first of them.</summary>
    IMailSession Open();
}
