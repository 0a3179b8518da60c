using DailyPapers.Digests;
using DailyPapers.Digests.Transport;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DailyPapers.Tests.Digests;

/// <summary>Kills the sending process at every step in turn and looks at what the restarted one makes of it.</summary>
public class DeliveryCrashTests
{
    private static readonly string[] Emails = ["ada@example.org", "gone@example.org", "bob@example.org"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_smtp_a_crash_duplicates_nothing_and_loses_nothing_silently()
    {
        var (steps, uncertain) = await AtEveryStepAsync(async (papers, peer) =>
        {
            var received = peer.Received.GroupBy(mail => mail.Recipient).ToDictionary(same => same.Key, same => same.Count());
            var deliveries = await papers.DeliveriesAsync();
            Assert.Equal(Emails.Order(), deliveries.Keys.Order());
            Assert.All(received.Values, count => Assert.Equal(1, count));
            Assert.All(deliveries.Values, delivery => Assert.True(
                delivery.Email.StartsWith("gone", StringComparison.Ordinal)
                    ? delivery.State is DeliveryState.Failed or DeliveryState.Uncertain
                    : delivery.State is DeliveryState.Uncertain || (delivery.State is DeliveryState.Sent && received.ContainsKey(delivery.Email)),
                $"{delivery.Email} ended as {delivery.State}"));
            return deliveries.Values.Count(delivery => delivery.State is DeliveryState.Uncertain);
        }, smtp: true);
        // Only the steps around a hand-over may leave doubt, and never about more than one mail.
        Assert.True(steps > 30, $"Only {steps} steps were tried.");
        Assert.All(uncertain, count => Assert.InRange(count, 0, 1));
        Assert.Contains(1, uncertain);
        Assert.Contains(0, uncertain);
    }

    [Fact]
    public async Task In_the_outbox_every_digest_is_written_exactly_once()
    {
        var (steps, _) = await AtEveryStepAsync(async (papers, _) =>
        {
            Assert.All((await papers.DeliveriesAsync()).Values, delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
            var mails = papers.OutboxFiles().Select(file => MimeMessage.Load(file, Token)).ToList();
            Assert.Equal(Emails.Order(), mails.Select(mail => mail.To.Mailboxes.Single().Address).Order());
            Assert.Empty(Directory.GetFiles(papers.Directory.Outbox, "*.partial"));
            return 0;
        }, smtp: false);
        Assert.True(steps > 30, $"Only {steps} steps were tried.");
    }

    private static async Task<(int Steps, List<int> Uncertain)> AtEveryStepAsync(Func<TemporaryPapers, SmtpPeer, Task<int>> verify, bool smtp)
    {
        var template = await TemplateAsync();
        try
        {
            var uncertain = new List<int>();
            for (var step = 1; ; step++)
            {
                var root = Directory.CreateTempSubdirectory("papers-crash-").FullName;
                try
                {
                    File.Copy(template.DatabaseFile, Path.Combine(root, "papers.db"));
                    await using var peer = new SmtpPeer
                    {
                        Faults = (moment, recipient) => moment is SmtpMoment.Recipient && recipient.StartsWith("gone", StringComparison.Ordinal)
                            ? SmtpFault.Answer("550 5.1.1 no such user")
                            : null,
                    };
                    var crashed = await CrashAsync(root, smtp ? peer.Settings : [], step);
                    uncertain.Add(await RestartAsync(root, smtp ? peer.Settings : [], papers => verify(papers, peer)));
                    if (!crashed)
                        return (step, uncertain);
                }
                finally
                {
                    Directory.Delete(root, recursive: true);
                }
            }
        }
        finally
        {
            Directory.Delete(template.Root, recursive: true);
        }
    }

    private static async Task<DataDirectory> TemplateAsync()
    {
        var root = Directory.CreateTempSubdirectory("papers-crash-template-").FullName;
        await using var papers = await TemporaryPapers.CreateAsync(root: root);
        await papers.PublishAsync(DigestScene.Day, DigestScene.Record(1), DigestScene.Record(2));
        await papers.SubscribeAsync(Emails);
        await using var db = await papers.ReadAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Token);
        return papers.Directory;
    }

    private static async Task<bool> CrashAsync(string root, Dictionary<string, string?> settings, int step)
    {
        var crash = new CrashPoint(step);
        await using var papers = await TemporaryPapers.CreateAsync(settings, services =>
        {
            services.ConfigureDbContext<PapersDb>(options => options.AddInterceptors(crash));
            services.AddSingleton(provider => crash.Around(settings.Count > 0
                ? new SmtpTransport(provider.GetRequiredService<IOptions<SmtpOptions>>())
                : new OutboxTransport(provider.GetRequiredService<DataDirectory>())));
        }, root);
        crash.IsArmed = true;
        try
        {
            await papers.SendAsync();
            return false;
        }
        catch (Exception) when (crash.HasCrashed)
        {
            return true;
        }
    }

    private static async Task<int> RestartAsync(string root, Dictionary<string, string?> settings, Func<TemporaryPapers, Task<int>> verify)
    {
        await using var papers = await TemporaryPapers.CreateAsync(settings, root: root);
        await papers.SendAsync();
        papers.Time.Advance(TimeSpan.FromMinutes(20));
        await papers.SendAsync();
        return await verify(papers);
    }
}
