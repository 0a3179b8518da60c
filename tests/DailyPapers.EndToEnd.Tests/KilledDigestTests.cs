using DailyPapers.Digests;
using DailyPapers.Tests.Digests;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.EndToEnd.Tests;

public class KilledDigestTests
{
    private const int Subscribers = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_digest_killed_while_sending_reaches_nobody_twice_and_forgets_nobody(int killAfter)
    {
        using var folder = new DataFolder();
        await using var smtp = new SmtpPeer();
        await folder.AskAsync(async db =>
        {
            db.Subscribers.AddRange(Enumerable.Range(0, Subscribers).Select(Subscriber));
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        await using (var digest = PapersProcess.Start(folder.Path, smtp.Settings, "digest", "send", "2025-08-13"))
        {
            await Eventually.TrueAsync(() => Task.FromResult(digest.HasExited || smtp.Received.Count >= killAfter));
            await digest.KillAsync();
        }

        var (code, output) = await PapersProcess.RunAsync(folder.Path, smtp.Settings, "digest", "send", "2025-08-13");
        Assert.True(code == 0, output);
        Assert.Equal(smtp.Received.Count, smtp.Received.Select(mail => mail.Recipient).Distinct().Count());
        // Whoever has no mail is one the crash left between: that delivery says so instead of being guessed about.
        var open = await folder.AskAsync(db => db.DigestDeliveries.Where(d => d.State != DeliveryState.Sent).ToListAsync(TestContext.Current.CancellationToken));
        Assert.All(open, delivery => Assert.Contains(delivery.State, (DeliveryState[])[DeliveryState.Sending, DeliveryState.Uncertain]));
        Assert.InRange(open.Count, 0, 1);
        Assert.InRange(smtp.Received.Count, Subscribers - open.Count, Subscribers);
    }

    private static Subscriber Subscriber(int number) => new()
    {
        Email = $"reader{number}@example.org",
        NormalizedEmail = $"reader{number}@example.org",
        Frequency = DigestFrequency.Daily,
        State = SubscriberState.Active,
        CreatedAt = DateTimeOffset.UnixEpoch,
        ConfirmedAt = DateTimeOffset.UnixEpoch,
    };
}
