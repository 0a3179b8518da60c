using DailyPapers.Digests;
using DailyPapers.Digests.Delivery;
using DailyPapers.TestSupport;
using MimeKit;

namespace DailyPapers.Tests.Digests;

public class DigestScheduleTests
{
    private static readonly DateOnly Thursday = DigestScene.Day;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_daily_digest_goes_out_at_its_hour_in_the_sites_time_zone()
    {
        await using var papers = await SceneAsync(("Site:TimeZone", "America/New_York"), ("Digest:DailyAt", "09:30"));
        await papers.PublishAsync(Thursday, DigestScene.Record(1));
        await GoToAsync(papers, Thursday, 13, 29);
        Assert.Empty(papers.OutboxFiles());
        await GoToAsync(papers, Thursday, 13, 30);
        Assert.Single(papers.OutboxFiles());
        await GoToAsync(papers, Thursday, 23, 0);
        Assert.Single(papers.OutboxFiles());
    }

    [Fact]
    public async Task An_edition_published_late_goes_out_when_it_is_there_but_tomorrows_waits()
    {
        await using var papers = await SceneAsync();
        await GoToAsync(papers, Thursday, 20, 0);
        await papers.PublishAsync(Thursday, DigestScene.Record(1));
        await GoToAsync(papers, Thursday, 20, 1);
        Assert.Single(papers.OutboxFiles());
        await papers.PublishAsync(Thursday.AddDays(1), DigestScene.Record(2));
        await GoToAsync(papers, Thursday.AddDays(1), 7, 59);
        Assert.Single(papers.OutboxFiles());
        await GoToAsync(papers, Thursday.AddDays(1), 8, 0);
        Assert.Equal(2, papers.OutboxFiles().Length);
    }

    [Fact]
    public async Task After_downtime_only_the_newest_edition_is_sent_and_nothing_old()
    {
        await using var papers = await SceneAsync();
        for (var day = 0; day < 4; day++)
            await papers.PublishAsync(Thursday.AddDays(day), DigestScene.Record(day + 1));
        await GoToAsync(papers, Thursday.AddDays(4).AddDays(5), 12, 0);
        Assert.Equal("17 Aug: Paper number 4 on learning", Subjects(papers).Single(subject => !subject.StartsWith("Week", StringComparison.Ordinal)));

        await using var old = await SceneAsync();
        await old.PublishAsync(Thursday, DigestScene.Record(1));
        await GoToAsync(old, Thursday.AddDays(8), 12, 0);
        Assert.Empty(old.OutboxFiles());
    }

    [Fact]
    public async Task The_week_goes_out_on_Monday_once()
    {
        await using var papers = await SceneAsync();
        await papers.SubscribeAsync(DigestFrequency.Weekly, papers.Time.GetUtcNow().AddDays(-1), "weekly@example.org");
        await papers.PublishAsync(Thursday, DigestScene.Record(1));
        await GoToAsync(papers, Thursday.AddDays(3), 12, 0);
        Assert.DoesNotContain(Subjects(papers), subject => subject.StartsWith("Week", StringComparison.Ordinal));
        await GoToAsync(papers, Thursday.AddDays(4), 7, 59);
        Assert.DoesNotContain(Subjects(papers), subject => subject.StartsWith("Week", StringComparison.Ordinal));
        await GoToAsync(papers, Thursday.AddDays(4), 8, 0);
        await GoToAsync(papers, Thursday.AddDays(6), 8, 0);
        Assert.Single(Subjects(papers), subject => subject == "Week 33: Paper number 1 on learning");
    }

    [Fact]
    public async Task Whoever_confirms_after_a_digest_was_due_gets_the_next_one_even_as_the_first_subscriber()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.PublishAsync(Thursday, DigestScene.Record(1));
        await GoToAsync(papers, Thursday, 15, 0);
        await papers.SubscribeAsync("ada@example.org");
        await GoToAsync(papers, Thursday, 16, 0);
        Assert.Empty(papers.OutboxFiles());
        await papers.PublishAsync(Thursday.AddDays(1), DigestScene.Record(2));
        await GoToAsync(papers, Thursday.AddDays(1), 8, 0);
        Assert.Single(papers.OutboxFiles());
    }

    [Fact]
    public async Task Retries_go_on_by_themselves_and_an_unusable_server_is_left_in_peace_for_a_while()
    {
        await using var peer = new SmtpPeer { Faults = (moment, _) => moment is SmtpMoment.Connected ? SmtpFault.Closing("421 down") : null };
        await using var papers = await SceneAsync([.. peer.Settings.Select(setting => (setting.Key, setting.Value!))]);
        await papers.PublishAsync(Thursday, DigestScene.Record(1));
        await GoToAsync(papers, Thursday, 12, 1);
        var connections = peer.Connections;
        await GoToAsync(papers, Thursday, 12, 2);
        Assert.Equal(connections, peer.Connections);
        peer.Faults = (_, _) => null;
        await GoToAsync(papers, Thursday, 12, 10);
        Assert.Single(peer.Received);
    }

    [Fact]
    public async Task An_hour_that_the_clock_skips_in_spring_moves_to_the_next()
    {
        var sunday = new DateOnly(2026, 3, 29);
        await using var papers = await SceneAsync(("Site:TimeZone", "Europe/Berlin"), ("Digest:DailyAt", "02:30"));
        await papers.PublishAsync(sunday, DigestScene.Record(1));
        await GoToAsync(papers, sunday, 1, 29);
        Assert.Empty(papers.OutboxFiles());
        await GoToAsync(papers, sunday, 1, 30);
        Assert.Single(papers.OutboxFiles());
    }

    [Fact]
    public async Task The_hosted_schedule_runs_by_the_clock()
    {
        await using var papers = await SceneAsync();
        using var schedule = papers.Get<DigestSchedule>();
        await schedule.StartAsync(Token);
        await papers.PublishAsync(Thursday, DigestScene.Record(1));
        for (var tries = 0; papers.OutboxFiles().Length == 0 && tries < 2_000; tries++)
        {
            papers.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(5, Token);
        }
        await schedule.StopAsync(Token);
        Assert.Single(papers.OutboxFiles());
    }

    private static async Task<TemporaryPapers> SceneAsync(params (string Key, string Value)[] settings)
    {
        var papers = await TemporaryPapers.CreateAsync(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        await papers.SubscribeAsync(DigestFrequency.Daily, papers.Time.GetUtcNow().AddDays(-1), "ada@example.org");
        return papers;
    }

    private static async Task GoToAsync(TemporaryPapers papers, DateOnly day, int hour, int minute)
    {
        papers.Time.SetUtcNow(new DateTimeOffset(day, new TimeOnly(hour, minute), TimeSpan.Zero));
        await papers.Get<DigestSchedule>().RunDueAsync(Token);
    }

    private static List<string> Subjects(TemporaryPapers papers) => papers.OutboxFiles().Select(file => MimeMessage.Load(file, Token).Subject!).ToList();
}
