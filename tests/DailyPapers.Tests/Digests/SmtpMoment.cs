namespace DailyPapers.Tests.Digests;

/// <summary>Moments of an SMTP session at which the peer may misbehave.</summary>
internal enum SmtpMoment
{
    Connected,
    Sender,
    Recipient,
    BeforeData,
    AfterData,
}
