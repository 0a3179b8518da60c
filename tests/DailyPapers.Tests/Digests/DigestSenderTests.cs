using DailyPapers.Digests;
using DailyPapers.Digests.Delivery;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Editions;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Digests;

public class DigestSenderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_subscriber_of_the_day_gets_the_digest_once_however_often_it_is_sent()
    {
        await using var peer = new SmtpPeer();
        await using var papers = await SceneAsync(peer, "ada@example.org", "bob@example.org");
        await papers.SubscribeAsync(DigestFrequency.Weekly, null, "weekly@example.org");
        var progress = new List<DigestProgress>();
        var first = await papers.Get<DigestSender>().SendAsync(Period.Day(DigestScene.Day), new(), new Recorder(progress), Token);
        Assert.Equal(new DigestSummary("2025-08-14", 3, 2, SentNow: 2, Sent: 2, 0, 0, 0, 0), first);
        Assert.Equal([new(0, 2), new(1, 2), new(2, 2)], progress);

        await papers.SubscribeAsync("late@example.org");
        Assert.Equal(first with { SentNow = 0 }, await papers.SendAsync());
        Assert.Equal(["ada@example.org", "bob@example.org"], peer.Received.Select(mail => mail.Recipient).Order());
        Assert.Equal(1, peer.Connections);

        await papers.PublishAsync(DigestScene.Day.AddDays(1), DigestScene.Record(9));
        Assert.Equal(3, (await papers.SendAsync(DigestScene.Day.AddDays(1))).SentNow);
    }

    [Fact]
    public async Task A_dry_run_counts_and_leaves_no_trace()
    {
        await using var papers = await SceneAsync(null, "ada@example.org", "bob@example.org");
        var forecast = await papers.Get<DigestSender>().SendAsync(Period.Day(DigestScene.Day), new() { DryRun = true }, null, Token);
        Assert.Equal((2, 0), (forecast.Recipients, forecast.SentNow));
        Assert.Empty(papers.OutboxFiles());
        Assert.Empty(await papers.DeliveriesAsync());
    }

    [Fact]
    public async Task An_empty_edition_is_sent_to_nobody()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.SubscribeAsync("ada@example.org");
        await papers.PublishAsync(DigestScene.Day);
        Assert.Equal(0, (await papers.SendAsync()).Recipients);
        Assert.Equal(0, (await papers.SendAsync(new DateOnly(2025, 1, 1))).Recipients);
        Assert.Empty(papers.OutboxFiles());
    }

    [Fact]
    public async Task A_month_has_no_digest_and_the_error_says_what_has()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var error = await Assert.ThrowsAsync<ArgumentException>(() =>
            papers.Get<DigestSender>().SendAsync(Period.MonthOf(DigestScene.Day), new(), null, Token));
        Assert.Contains("2025-W33", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_address_stops_nobody_else()
    {
        await using var peer = new SmtpPeer
        {
            Faults = (moment, recipient) => (moment, recipient.Split('@')[0]) switch
            {
                (SmtpMoment.Recipient, "gone") => SmtpFault.Answer("550 5.1.1 no such user"),
                (SmtpMoment.Recipient, "full") => SmtpFault.Answer("452 4.2.2 mailbox full"),
                (SmtpMoment.Recipient, "limit") => SmtpFault.Closing("421 4.7.0 slow down"),
                (SmtpMoment.BeforeData, "crasher") => SmtpFault.Drop,
                (SmtpMoment.AfterData, "lost") => SmtpFault.DropAfterAccepting,
                (SmtpMoment.AfterData, "spam") => SmtpFault.Answer("554 5.7.1 refused"),
                _ => null,
            },
        };
        await using var papers = await SceneAsync(
            peer, "gone@example.org", "full@example.org", "limit@example.org", "crasher@example.org", "lost@example.org", "spam@example.org", "fine@example.org");
        var summary = await papers.SendAsync();
        Assert.Equal((1, 3, 2, 1, null), (summary.Sent, summary.Waiting, summary.Failed, summary.Uncertain, summary.StoppedBecause));
        var deliveries = await papers.DeliveriesAsync();
        Assert.Equal(DeliveryState.Failed, deliveries["gone@example.org"].State);
        Assert.Contains("no such user", deliveries["gone@example.org"].Error, StringComparison.Ordinal);
        Assert.Equal((DeliveryState.Queued, papers.Time.GetUtcNow().AddMinutes(5)), (deliveries["full@example.org"].State, deliveries["full@example.org"].RetryAt));
        Assert.Equal((DeliveryState.Queued, 0), (deliveries["crasher@example.org"].State, deliveries["crasher@example.org"].Attempts));
        Assert.Equal(DeliveryState.Uncertain, deliveries["lost@example.org"].State);

        peer.Faults = (_, _) => null;
        Assert.Equal(0, (await papers.SendAsync()).SentNow);
        papers.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(3, (await papers.SendAsync()).SentNow);
        Assert.Equal(5, peer.Received.Count(mail => mail.Recipient is not "spam@example.org"));
    }

    [Fact]
    public async Task Temporary_errors_are_retried_with_growing_waits_and_given_up_in_the_end()
    {
        await using var peer = new SmtpPeer { Faults = (moment, _) => moment is SmtpMoment.Recipient ? SmtpFault.Answer("450 4.2.1 busy") : null };
        await using var papers = await SceneAsync(peer, "ada@example.org");
        var waits = new List<double>();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await papers.SendAsync();
            var delivery = (await papers.DeliveriesAsync())["ada@example.org"];
            Assert.Equal(attempt, delivery.Attempts);
            if (delivery.RetryAt is not { } retryAt)
                break;
            waits.Add((retryAt - papers.Time.GetUtcNow()).TotalMinutes);
            papers.Time.Advance(retryAt - papers.Time.GetUtcNow());
        }
        Assert.Equal([5, 10, 20, 40, 80, 160, 320], waits);
        var last = (await papers.DeliveriesAsync())["ada@example.org"];
        Assert.Equal(DeliveryState.Failed, last.State);
        Assert.Contains("after 8 attempts", last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unusable_server_stops_the_run_and_costs_nobody_an_attempt()
    {
        await using var peer = new SmtpPeer { Faults = (moment, _) => moment is SmtpMoment.Sender ? SmtpFault.Answer("550 5.7.1 sender not allowed") : null };
        await using var papers = await SceneAsync(peer, [.. Enumerable.Range(0, 10).Select(i => $"p{i}@example.org")]);
        var summary = await papers.SendAsync();
        Assert.Equal((0, 10), (summary.Sent, summary.Waiting));
        Assert.Contains("Smtp:From", summary.StoppedBecause, StringComparison.Ordinal);
        Assert.All((await papers.DeliveriesAsync()).Values, delivery => Assert.Equal(0, delivery.Attempts));
        peer.Faults = (_, _) => null;
        papers.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(10, (await papers.SendAsync()).Sent);
    }

    [Fact]
    public async Task Whoever_unsubscribes_before_a_retry_gets_nothing_more()
    {
        await using var peer = new SmtpPeer { Faults = (moment, _) => moment is SmtpMoment.Recipient ? SmtpFault.Answer("450 4.2.1 busy") : null };
        await using var papers = await SceneAsync(peer, "ada@example.org");
        await papers.SendAsync();
        Assert.True(await papers.Get<Subscriptions>().UnsubscribeAddressAsync("ada@example.org", Token));
        peer.Faults = (_, _) => null;
        papers.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((0, 1), ((await papers.SendAsync()).Sent, (await papers.SendAsync()).Failed));
        Assert.Empty(peer.Received);
    }

    [Fact]
    public async Task A_cancelled_run_goes_on_where_it_ended()
    {
        await using var peer = new SmtpPeer();
        await using var papers = await SceneAsync(peer, [.. Enumerable.Range(0, 6).Select(i => $"p{i}@example.org")]);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var pause = new Callback(progress =>
        {
            if (progress.Handled == 2)
                cancel.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => papers.Get<DigestSender>().SendAsync(Period.Day(DigestScene.Day), new(), pause, cancel.Token));
        Assert.Equal(2, peer.Received.Count);
        var summary = await papers.SendAsync();
        Assert.Equal((4, 6, 0), (summary.SentNow, summary.Sent, summary.Uncertain));
        Assert.Equal(6, peer.Received.Select(mail => mail.Recipient).Distinct().Count());
    }

    [Fact]
    public async Task Two_processes_that_send_at_once_duplicate_nothing()
    {
        await using var peer = new SmtpPeer();
        await using var one = await SceneAsync(peer, [.. Enumerable.Range(0, 30).Select(i => $"p{i}@example.org")]);
        await using var two = await TemporaryPapers.CreateAsync(peer.Settings, root: one.Directory.Root);
        var summaries = await Task.WhenAll(Task.Run(() => one.SendAsync(), Token), Task.Run(() => two.SendAsync(), Token));
        Assert.Equal(30, summaries.Sum(summary => summary.SentNow));
        Assert.Equal(30, peer.Received.Select(mail => mail.Recipient).Distinct().Count());
        Assert.Equal(30, peer.Received.Count);
        Assert.All((await one.DeliveriesAsync()).Values, delivery => Assert.Equal((DeliveryState.Sent, 1), (delivery.State, delivery.Attempts)));
    }

    [Fact]
    public async Task An_administrator_resolves_what_is_uncertain()
    {
        await using var peer = new SmtpPeer { Faults = (moment, _) => moment is SmtpMoment.AfterData ? SmtpFault.Drop : null };
        await using var papers = await SceneAsync(peer, "ada@example.org", "bob@example.org");
        await papers.SendAsync();
        peer.Faults = (_, _) => null;
        papers.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal((0, 2), ((await papers.SendAsync()).SentNow, (await papers.SendAsync()).Uncertain));

        var sender = papers.Get<DigestSender>();
        var uncertain = (await sender.ListAsync(Period.Day(DigestScene.Day), DeliveryState.Uncertain, Token)).ToDictionary(delivery => delivery.Email);
        Assert.True(await sender.ResolveAsync(uncertain["ada@example.org"].Id, DeliveryResolution.Resend, Token));
        Assert.True(await sender.ResolveAsync(uncertain["bob@example.org"].Id, DeliveryResolution.Drop, Token));
        Assert.False(await sender.ResolveAsync(4_711, DeliveryResolution.Resend, Token));
        var summary = await papers.SendAsync();
        Assert.Equal((1, 1, 0), (summary.Sent, summary.Failed, summary.Uncertain));
        Assert.Equal((uncertain["ada@example.org"].MessageId, "ada@example.org"), (peer.Received.Single().Message.MessageId, peer.Received.Single().Recipient));
        Assert.False(await sender.ResolveAsync(uncertain["ada@example.org"].Id, DeliveryResolution.Resend, Token));
    }

    [Fact]
    public async Task A_weekly_digest_goes_to_weekly_subscribers_with_the_most_upvoted_first()
    {
        await using var peer = new SmtpPeer();
        await using var papers = await TemporaryPapers.CreateAsync(peer.Settings);
        await papers.SubscribeAsync("daily@example.org");
        await papers.SubscribeAsync(DigestFrequency.Weekly, null, "weekly@example.org");
        await papers.PublishAsync(DigestScene.Day, DigestScene.Record(1), DigestScene.Record(2) with { HuggingFaceUpvotes = 40 });
        await papers.PublishAsync(DigestScene.Day.AddDays(-1), DigestScene.Record(3));
        var summary = await papers.Get<DigestSender>().SendAsync(Period.WeekOf(DigestScene.Day), new(), null, Token);
        Assert.Equal(("2025-W33", 3, 1), (summary.Period, summary.Papers, summary.Sent));
        var mail = Assert.Single(peer.Received);
        Assert.Equal("weekly@example.org", mail.Recipient);
        Assert.Equal("Week 33: Paper number 2 on learning and 2 more", mail.Message.Subject);
    }

    [Fact]
    public async Task A_digest_whose_edition_was_emptied_is_given_up()
    {
        await using var peer = new SmtpPeer { Faults = (moment, _) => moment is SmtpMoment.Recipient ? SmtpFault.Answer("450 4.2.1 busy") : null };
        await using var papers = await SceneAsync(peer, "ada@example.org");
        await papers.SendAsync();
        await papers.Get<EditionWriter>().ReplaceAsync(DigestScene.Day, [], Token);
        Assert.Equal((1, 0), ((await papers.SendAsync()).Failed, peer.Received.Count));
    }

    private static async Task<TemporaryPapers> SceneAsync(SmtpPeer? peer, params string[] emails)
    {
        var papers = await TemporaryPapers.CreateAsync(peer?.Settings);
        await papers.PublishAsync(DigestScene.Day, [.. Enumerable.Range(1, 3).Select(DigestScene.Record)]);
        await papers.SubscribeAsync(emails);
        return papers;
    }

    private sealed class Recorder(List<DigestProgress> seen) : IProgress<DigestProgress>
    {
        public void Report(DigestProgress value) => seen.Add(value);
    }

    private sealed class Callback(Action<DigestProgress> action) : IProgress<DigestProgress>
    {
        public void Report(DigestProgress value) => action(value);
    }
}
