using MimeKit;

namespace DailyPapers.Tests.Digests;

internal sealed record ReceivedMail(string Sender, string Recipient, byte[] Bytes)
{
    public MimeMessage Message => MimeMessage.Load(new MemoryStream(Bytes), TestContext.Current.CancellationToken);
}
