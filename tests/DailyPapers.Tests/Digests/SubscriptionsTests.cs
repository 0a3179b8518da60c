using System.Text.RegularExpressions;
using DailyPapers.Digests;
using DailyPapers.Digests.Subscribing;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace DailyPapers.Tests.Digests;

public partial class SubscriptionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscription_starts_with_the_confirmation_and_ends_with_the_unsubscribe_link()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var subscriptions = papers.Get<Subscriptions>();
        Assert.Equal(new SubscribeResult(SubscribeStatus.Requested), await subscriptions.SubscribeAsync("Ada@Example.org", DigestFrequency.Weekly, Token));
        var token = TokenIn(Assert.Single(Mails(papers)));

        Assert.Equal(new ConfirmationRequest("Ada@Example.org", DigestFrequency.Weekly, false), await subscriptions.PeekAsync(token, Token));
        Assert.Equal(SubscriberState.Pending, (await OnlyAsync(papers)).State);
        Assert.True((await subscriptions.ConfirmAsync(token, Token))!.IsConfirmed);
        var confirmed = await OnlyAsync(papers);
        Assert.Equal((SubscriberState.Active, DigestFrequency.Weekly), (confirmed.State, confirmed.Frequency));

        papers.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await subscriptions.ConfirmAsync(token, Token))!.IsConfirmed);
        Assert.Equal(confirmed.ConfirmedAt, (await OnlyAsync(papers)).ConfirmedAt);

        var link = papers.Get<UnsubscribeTokens>().For(confirmed);
        Assert.True((await subscriptions.PeekUnsubscribeAsync(link, Token))!.IsSubscribed);
        Assert.False((await subscriptions.UnsubscribeAsync(link, Token))!.IsSubscribed);
        var ended = await OnlyAsync(papers);
        Assert.Equal(SubscriberState.Unsubscribed, ended.State);
        papers.Time.Advance(TimeSpan.FromDays(2_000));
        Assert.NotNull(await subscriptions.UnsubscribeAsync(link, Token));
        Assert.Equal(ended.UnsubscribedAt, (await OnlyAsync(papers)).UnsubscribedAt);
        Assert.Null(await subscriptions.ConfirmAsync(token, Token));
    }

    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_answer_and_the_same_mail()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.SubscribeAsync("known@example.org");
        var subscriptions = papers.Get<Subscriptions>();
        var known = await subscriptions.SubscribeAsync("known@example.org", DigestFrequency.Daily, Token);
        var unknown = await subscriptions.SubscribeAsync("other@example.org", DigestFrequency.Daily, Token);
        Assert.Equal(known, unknown);
        var mails = Mails(papers);
        Assert.Equal(2, mails.Count);
        Assert.Single(mails.Select(mail => mail.TextBody!.Replace(TokenIn(mail), "", StringComparison.Ordinal)
            .Replace("known@example.org", "", StringComparison.Ordinal).Replace("other@example.org", "", StringComparison.Ordinal)).Distinct());
        Assert.Equal(known, await subscriptions.SubscribeAsync("known@example.org", DigestFrequency.Daily, Token));
        Assert.Equal(2, Mails(papers).Count);
    }

    [Fact]
    public async Task An_address_gets_one_confirmation_mail_at_a_time_and_ever_fewer()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var subscriptions = papers.Get<Subscriptions>();
        var start = papers.Time.GetUtcNow();
        for (var minute = 0; minute < 24 * 60; minute += minute < 20 ? 1 : 5)
        {
            papers.Time.SetUtcNow(start.AddMinutes(minute));
            await subscriptions.SubscribeAsync(minute % 2 == 0 ? "ada@example.org" : "ADA@EXAMPLE.ORG", DigestFrequency.Daily, Token);
        }
        // At 0, 5, 10, 20, 40, 80 minutes, then each hour.
        Assert.Equal(6 + ((1_440 - 80 - 1) / 60), Mails(papers).Count);
    }

    [Fact]
    public async Task Simultaneous_requests_send_one_mail()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => papers.Get<Subscriptions>().SubscribeAsync("ada@example.org", DigestFrequency.Daily, Token), Token)));
        Assert.All(results, result => Assert.Equal(SubscribeStatus.Requested, result.Status));
        Assert.Single(Mails(papers));
    }

    [Fact]
    public async Task A_running_subscription_changes_its_frequency_only_by_confirmation()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.SubscribeAsync("ada@example.org");
        var subscriptions = papers.Get<Subscriptions>();
        await subscriptions.SubscribeAsync("ada@example.org", DigestFrequency.Weekly, Token);
        Assert.Equal((SubscriberState.Active, DigestFrequency.Daily), await StateAsync(papers));
        var token = TokenIn(Assert.Single(Mails(papers)));
        Assert.False((await subscriptions.PeekAsync(token, Token))!.IsConfirmed);
        await subscriptions.ConfirmAsync(token, Token);
        Assert.Equal((SubscriberState.Active, DigestFrequency.Weekly), await StateAsync(papers));
    }

    [Fact]
    public async Task Links_expire_are_replaced_and_cannot_be_altered()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var subscriptions = papers.Get<Subscriptions>();
        await subscriptions.SubscribeAsync("ada@example.org", DigestFrequency.Daily, Token);
        var first = TokenIn(Mails(papers).Single());
        Assert.Null(await subscriptions.ConfirmAsync(first[..^1] + "w", Token));
        papers.Time.Advance(TimeSpan.FromMinutes(6));
        await subscriptions.SubscribeAsync("ada@example.org", DigestFrequency.Daily, Token);
        var second = Mails(papers).Select(TokenIn).Single(token => token != first);
        Assert.Null(await subscriptions.ConfirmAsync(first, Token));
        Assert.NotNull(await subscriptions.PeekAsync(second, Token));
        papers.Time.Advance(TimeSpan.FromHours(48));
        Assert.Null(await subscriptions.PeekAsync(second, Token));
        Assert.Null(await subscriptions.ConfirmAsync(second, Token));
        await subscriptions.PurgeAsync(Token);
        await using var db = await papers.ReadAsync();
        Assert.Empty(await db.Subscribers.ToListAsync(Token));
    }

    [Fact]
    public async Task Only_a_hash_of_the_token_is_stored()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.Get<Subscriptions>().SubscribeAsync("ada@example.org", DigestFrequency.Daily, Token);
        var token = TokenIn(Mails(papers).Single());
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token)), (await OnlyAsync(papers)).ConfirmationTokenHash);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ééééééééééééééééééééééééééééééééééééééééééé d")]
    public async Task Foreign_tokens_open_nothing(string? token)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.SubscribeAsync("ada@example.org");
        var subscriptions = papers.Get<Subscriptions>();
        Assert.Null(await subscriptions.PeekAsync(token, Token));
        Assert.Null(await subscriptions.ConfirmAsync(token, Token));
        Assert.Null(await subscriptions.PeekUnsubscribeAsync(token, Token));
        Assert.Null(await subscriptions.UnsubscribeAsync(token, Token));
        Assert.Equal((SubscriberState.Active, DigestFrequency.Daily), await StateAsync(papers));
    }

    [Fact]
    public async Task An_unsubscribe_link_belongs_to_its_address_and_survives_a_restart()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.SubscribeAsync("ada@example.org");
        var ada = await OnlyAsync(papers);
        var link = papers.Get<UnsubscribeTokens>().For(ada);
        var sameNumber = new Subscriber { Id = ada.Id, Email = "eve@example.org", NormalizedEmail = "eve@example.org" };
        Assert.False(papers.Get<UnsubscribeTokens>().Proves(link, sameNumber));
        Assert.True(new UnsubscribeTokens(papers.Directory).Proves(link, ada));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(papers.Directory.Keys, "unsubscribe.key")));
    }

    [Fact]
    public async Task An_invalid_address_is_answered_with_the_remedy_and_not_stored()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var result = await papers.Get<Subscriptions>().SubscribeAsync("ada@example.org\r\nBcc: eve@example.org", DigestFrequency.Daily, Token);
        Assert.Equal(SubscribeStatus.InvalidAddress, result.Status);
        Assert.NotNull(result.Problem);
        await using var db = await papers.ReadAsync();
        Assert.Empty(await db.Subscribers.ToListAsync(Token));
    }

    [Fact]
    public async Task When_the_server_is_down_the_person_may_try_again_at_once()
    {
        await using var peer = new SmtpPeer();
        await using var papers = await TemporaryPapers.CreateAsync(peer.Settings);
        peer.Faults = (moment, _) => moment is SmtpMoment.Connected ? SmtpFault.Closing("421 busy") : null;
        Assert.Equal(SubscribeStatus.MailUnavailable, (await papers.Get<Subscriptions>().SubscribeAsync("ada@example.org", DigestFrequency.Daily, Token)).Status);
        peer.Faults = (_, _) => null;
        Assert.Equal(SubscribeStatus.Requested, (await papers.Get<Subscriptions>().SubscribeAsync("ada@example.org", DigestFrequency.Daily, Token)).Status);
        Assert.Equal("ada@example.org", Assert.Single(peer.Received).Recipient);
    }

    [Fact]
    public async Task Whether_a_mailbox_exists_is_not_told()
    {
        await using var peer = new SmtpPeer { Faults = (moment, _) => moment is SmtpMoment.Recipient ? SmtpFault.Answer("550 5.1.1 no such user") : null };
        await using var papers = await TemporaryPapers.CreateAsync(peer.Settings);
        Assert.Equal(new SubscribeResult(SubscribeStatus.Requested), await papers.Get<Subscriptions>().SubscribeAsync("ada@example.org", DigestFrequency.Daily, Token));
    }

    [Fact]
    public async Task Erasing_leaves_nothing_about_an_address()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.PublishAsync(DigestScene.Day, DigestScene.Record(1));
        await papers.SubscribeAsync("ada@example.org");
        await papers.SendAsync();
        Assert.True(await papers.Get<Subscriptions>().EraseAsync("ADA@example.org", Token));
        await using var db = await papers.ReadAsync();
        Assert.Equal(0, await db.Subscribers.CountAsync(Token) + await db.DigestDeliveries.CountAsync(Token));
        Assert.False(await papers.Get<Subscriptions>().EraseAsync("ada@example.org", Token));
    }

    private static List<MimeMessage> Mails(TemporaryPapers papers) => papers.OutboxFiles().Select(file => MimeMessage.Load(file, Token)).ToList();

    private static string TokenIn(MimeMessage mail) => TokenPattern().Match(mail.TextBody!).Groups[1].Value;

    private static async Task<Subscriber> OnlyAsync(TemporaryPapers papers)
    {
        await using var db = await papers.ReadAsync();
        return await db.Subscribers.AsNoTracking().SingleAsync(Token);
    }

    private static async Task<(SubscriberState, DigestFrequency)> StateAsync(TemporaryPapers papers)
    {
        var subscriber = await OnlyAsync(papers);
        return (subscriber.State, subscriber.Frequency);
    }

    [GeneratedRegex(@"/subscribe/confirm\?token=(\S+)")]
    private static partial Regex TokenPattern();
}
