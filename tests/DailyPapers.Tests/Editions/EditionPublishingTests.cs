using DailyPapers.Community.Following;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Submissions;
using DailyPapers.Editions;
using DailyPapers.Editions.Drafting;
using DailyPapers.Editions.Publishing;
using DailyPapers.Search;
using DailyPapers.Search.Embedding;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using DailyPapers.Tests.Community.Scoring;
using DailyPapers.Tests.Digests;
using DailyPapers.Tests.Search.Semantic;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Editions;

public sealed class EditionPublishingTests : IDisposable
{
    private static readonly DateOnly Day = new(2025, 8, 15);

    private readonly string _root = Path.Combine(Path.GetTempPath(), "papers-test-" + Guid.NewGuid().ToString("N"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData("UTC", 7)]
    [InlineData("Europe/Berlin", 5)]
    [InlineData("America/New_York", 11)]
    public async Task A_scheduled_edition_appears_at_seven_of_the_site_s_clock(string zone, int utcHour)
    {
        await using var papers = await TemporaryPapers.CreateAsync(new Dictionary<string, string?> { ["Site:TimeZone"] = zone });
        var ids = await ScheduleAsync(papers);
        var publishing = papers.Get<EditionPublishing>();

        papers.Time.SetUtcNow(new DateTimeOffset(2025, 8, 15, utcHour, 0, 0, TimeSpan.Zero).AddSeconds(-1));
        Assert.Empty(await publishing.PublishDueAsync(Token));
        papers.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([Day], await publishing.PublishDueAsync(Token));
        Assert.Empty(await publishing.PublishDueAsync(Token));

        Assert.Equal(ids, await EditionAsync(papers));
    }

    [Fact]
    public async Task Of_several_processes_one_publishes()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await ScheduleAsync(papers);
        papers.Time.Advance(TimeSpan.FromDays(1));

        var published = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => papers.Get<EditionPublishing>().PublishDueAsync(Token))));

        Assert.Single(published.SelectMany(days => days));
        await using var db = await papers.OpenAsync();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == "edition.publish", Token));
    }

    [Fact]
    public async Task A_crash_at_any_point_leaves_all_or_nothing_and_the_restart_publishes_once()
    {
        IReadOnlyList<long> ids;
        await using (var papers = await TemporaryPapers.CreateAsync(root: _root))
        {
            ids = await ScheduleAsync(papers);
            await using (var db = await papers.OpenAsync())
            {
                foreach (var paper in await db.Papers.Where(p => ids.Contains(p.Id)).ToListAsync(Token))
                    paper.Categories = ["cs.LG"];
                await db.SaveChangesAsync(Token);
            }
            var follower = await papers.AddAccountsAsync(1, TimeSpan.Zero, TimeSpan.Zero);
            Assert.Null(await papers.Get<Follows>().AddAsync(follower[0], FollowKind.Category, "cs", Token));
        }

        for (var step = 1; ; step++)
        {
            // Each round is a service that dies one step later, until one gets through.
            Assert.True(step < 200);
            var crash = new CrashPoint(step);
            await using var papers = await TemporaryPapers.CreateAsync(
                configure: services => services.ConfigureDbContext<PapersDb>(options => options.AddInterceptors(crash)), root: _root);
            papers.Time.Advance(TimeSpan.FromDays(1));
            crash.IsArmed = true;
            var published = await PublishUntilCrashAsync(papers, crash);
            crash.IsArmed = false;

            await using var db = await papers.OpenAsync();
            var isPublished = await db.EditionDrafts.AnyAsync(d => d.State == DraftState.Published, Token);
            Assert.Equal(isPublished, await db.Editions.AnyAsync(e => e.Date == Day && e.Entries.Count == ids.Count, Token));
            Assert.Equal(isPublished ? 1 : 0, await db.AuditEntries.CountAsync(e => e.Action == "edition.publish", Token));
            Assert.Equal(isPublished ? ids.Count : 0, await db.Notifications.CountAsync(n => n.Kind == NotificationKind.FollowedPaper, Token));
            if (isPublished)
            {
                Assert.True(step > 10);
                break;
            }
            Assert.False(published);
        }

        await using var restarted = await TemporaryPapers.CreateAsync(root: _root);
        restarted.Time.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await restarted.Get<EditionPublishing>().PublishDueAsync(Token));
        Assert.Equal(ids, await EditionAsync(restarted));
        await using var log = await restarted.OpenAsync();
        Assert.Equal(1, await log.AuditEntries.CountAsync(e => e.Action == "edition.publish", Token));
        Assert.Equal(ids.Count, await log.Notifications.CountAsync(Token));
    }

    [Fact]
    public async Task What_was_missed_while_nothing_ran_appears_late()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await ScheduleAsync(papers);
        await papers.Get<EditionDrafts>().PickAsync(null, Day.AddDays(1), ids[0], Token);
        await papers.Get<EditionDrafts>().ScheduleAsync(null, Day.AddDays(1), Token);

        papers.Time.Advance(TimeSpan.FromDays(10));

        Assert.Equal([Day, Day.AddDays(1)], await papers.Get<EditionPublishing>().PublishDueAsync(Token));
    }

    [Fact]
    public async Task A_schedule_taken_back_publishes_nothing()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await ScheduleAsync(papers);
        Assert.True(await papers.Get<EditionDrafts>().UnscheduleAsync(null, Day, Token));
        papers.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await papers.Get<EditionPublishing>().PublishDueAsync(Token));
        Assert.Empty(await EditionAsync(papers));
    }

    [Fact]
    public async Task A_published_edition_follows_its_draft_when_published_again_and_submitters_see_it()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await ScheduleAsync(papers);
        var reader = (await papers.AddAccountsAsync(1, TimeSpan.FromDays(60), TimeSpan.Zero))[0];
        await using (var db = await papers.OpenAsync())
        {
            db.Submissions.Add(new Submission { PaperId = ids[0], AccountId = reader, SubmitterName = "Bo", Origin = Submission.Here, State = SubmissionState.Queued });
            await db.SaveChangesAsync(Token);
        }
        Assert.Equal(2, await papers.Get<EditionPublishing>().PublishAsync(reader, Day, Token));
        var own = Assert.Single(await papers.Get<Submitting>().ListAsync(reader, Token));
        Assert.Equal((SubmissionState.Accepted, Day), (own.State, own.Edition));

        await papers.Get<EditionDrafts>().MoveAsync(reader, Day, ids[1], -1, Token);
        Assert.Equal(2, await papers.Get<EditionPublishing>().PublishAsync(reader, Day, Token));

        Assert.Equal([ids[1], ids[0]], await EditionAsync(papers));
        await using var log = await papers.OpenAsync();
        Assert.Equal(["edition.publish", "edition.edit"], await log.AuditEntries.Where(e => e.Action == "edition.publish" || e.Action == "edition.edit").OrderBy(e => e.Id).Select(e => e.Action).ToListAsync(Token));
    }

    [Fact]
    public async Task An_empty_draft_is_not_published()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        Assert.Null(await papers.Get<EditionPublishing>().PublishAsync(null, Day, Token));
    }

    [Fact]
    public async Task Where_no_curator_acted_the_best_candidates_are_the_edition_once_and_not_before_its_time()
    {
        await using var papers = await AutomaticAsync();
        await papers.AddPapersAsync("one", "two", "three", "four", "five");
        papers.Time.SetUtcNow(new DateTimeOffset(2025, 8, 15, 6, 59, 59, TimeSpan.Zero));
        Assert.Null(await papers.Get<AutomaticEdition>().RunDueAsync(Token));
        papers.Time.Advance(TimeSpan.FromSeconds(1));

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => papers.Get<AutomaticEdition>().RunDueAsync(Token))));

        Assert.Equal(Day, Assert.Single(made, day => day is not null));
        Assert.Equal(4, (await EditionAsync(papers)).Count);
        // What was in it is no candidate of the next day: one paper is left, which is too few.
        papers.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await papers.Get<AutomaticEdition>().RunDueAsync(Token));
    }

    [Theory]
    [InlineData("edition")]
    [InlineData("scheduled")]
    [InlineData("off")]
    [InlineData("few")]
    public async Task There_is_no_automatic_edition_where_there_is_a_reason_against(string reason)
    {
        await using var papers = await AutomaticAsync(isOn: reason != "off");
        var ids = await papers.AddPapersAsync("one", "two", "three", "four");
        if (reason == "edition")
            await papers.Get<EditionWriter>().ReplaceAsync(Day, [ids[0]], Token);
        if (reason == "scheduled")
        {
            await papers.Get<EditionDrafts>().PickAsync(null, Day, ids[0], Token);
            Assert.Null(await papers.Get<EditionDrafts>().ScheduleAsync(null, Day, Token));
        }
        if (reason == "few")
        {
            await papers.Get<EditionDrafts>().SkipAsync(null, ids[0], skipped: true, Token);
            await papers.Get<EditionDrafts>().SkipAsync(null, ids[1], skipped: true, Token);
        }
        papers.Time.SetUtcNow(new DateTimeOffset(2025, 8, 15, 8, 0, 0, TimeSpan.Zero));
        Assert.Null(await papers.Get<AutomaticEdition>().RunDueAsync(Token));
    }

    [Fact]
    public async Task A_draft_that_was_only_begun_leads_the_automatic_edition_and_goes_on_as_it()
    {
        await using var papers = await AutomaticAsync();
        var ids = await papers.AddPapersAsync("one", "two", "three", "four", "five", "six");
        var drafts = papers.Get<EditionDrafts>();
        await drafts.PickAsync(null, Day, ids[4], Token);
        await drafts.PickAsync(null, Day, ids[3], Token);
        await drafts.NoteAsync(null, Day, ids[4], "lead", Token);
        Assert.Equal(4, (await papers.Get<DraftReader>().ReadAsync(Day, Token)).AutomaticSize);
        papers.Time.SetUtcNow(new DateTimeOffset(2025, 8, 15, 7, 0, 0, TimeSpan.Zero));

        Assert.Equal(Day, await papers.Get<AutomaticEdition>().RunDueAsync(Token));

        Assert.Equal([ids[4], ids[3], ids[0], ids[1]], await EditionAsync(papers));
        var draft = await papers.Get<DraftReader>().ReadAsync(Day, Token);
        Assert.True(draft is { IsPublished: true, HasChanges: false, AutomaticSize: null });
        Assert.Equal("lead", draft.Picks[0].Note);
        Assert.Null(await papers.Get<AutomaticEdition>().RunDueAsync(Token));
        await drafts.PickAsync(null, Day, ids[5], Token);
        Assert.Equal(5, await papers.Get<EditionPublishing>().PublishAsync(null, Day, Token));
    }

    [Fact]
    public async Task More_picked_papers_than_an_automatic_edition_has_are_all_in_it()
    {
        await using var papers = await AutomaticAsync(size: 3);
        var ids = await papers.AddPapersAsync("one", "two", "three", "four", "five");
        foreach (var id in ids.Skip(1))
            await papers.Get<EditionDrafts>().PickAsync(null, Day, id, Token);

        Assert.True(await papers.Get<AutomaticEdition>().MakeAsync(Day, Token));

        Assert.Equal(ids.Skip(1), await EditionAsync(papers));
    }

    [Fact]
    public async Task What_a_curator_rejected_is_not_chosen_automatically_and_an_empty_draft_changes_nothing_else()
    {
        await using var papers = await AutomaticAsync();
        var ids = await papers.AddPapersAsync("removed", "skipped", "kept for tomorrow", "four", "five", "six", "seven");
        var drafts = papers.Get<EditionDrafts>();
        await drafts.PickAsync(null, Day, ids[0], Token);
        Assert.True(await drafts.DropAsync(null, Day, ids[0], Token));
        await drafts.SkipAsync(null, ids[1], skipped: true, Token);
        await drafts.PickAsync(null, Day.AddDays(1), ids[2], Token);
        Assert.True((await papers.Get<EditionCandidates>().ReadAsync(Day, new(), 0, 10, Token)).Candidates.Single(c => c.Paper.Id == ids[0]).IsDropped);

        Assert.True(await papers.Get<AutomaticEdition>().MakeAsync(Day, Token));

        Assert.Equal(ids.Skip(3), await EditionAsync(papers));
        Assert.False((await papers.Get<DraftReader>().ReadAsync(Day, Token)).HasChanges);
        // It was taken out of that edition only, and tomorrow's is not kept from its own picks.
        Assert.Equal([ids[2], ids[0]], await papers.Get<AutomaticEdition>().ChooseAsync(Day.AddDays(1), Token));
    }

    [Fact]
    public async Task A_paper_picked_again_is_rejected_no_more()
    {
        await using var papers = await AutomaticAsync();
        var ids = await papers.AddPapersAsync("one", "two", "three");
        await papers.Get<EditionDrafts>().PickAsync(null, Day, ids[1], Token);
        await papers.Get<EditionDrafts>().DropAsync(null, Day, ids[1], Token);
        await papers.Get<EditionDrafts>().PickAsync(null, Day, ids[1], Token);
        Assert.Equal([ids[1], ids[0], ids[2]], await papers.Get<AutomaticEdition>().ChooseAsync(Day, Token));

        await papers.Get<EditionDrafts>().ReplaceAsync(null, Day, [ids[2]], Token);
        Assert.Equal([ids[2], ids[0]], await papers.Get<AutomaticEdition>().ChooseAsync(Day, Token));
    }

    [Theory]
    [InlineData("Pacific/Auckland", 14, 19)]
    [InlineData("Pacific/Kiritimati", 14, 17)]
    [InlineData("America/Los_Angeles", 15, 14)]
    public async Task The_draft_of_the_day_it_is_at_the_site_leads_its_edition(string zone, int utcDay, int utcHour)
    {
        await using var papers = await AutomaticAsync(zone: zone);
        var ids = await papers.AddPapersAsync("one", "two", "three", "four", "five");
        await papers.Get<EditionDrafts>().PickAsync(null, Day.AddDays(-1), ids[1], Token);
        await papers.Get<EditionDrafts>().PickAsync(null, Day, ids[2], Token);
        papers.Time.SetUtcNow(new DateTimeOffset(2025, 8, utcDay, utcHour, 0, 0, TimeSpan.Zero).AddSeconds(-1));
        // It is the fifteenth there already, before the time.
        Assert.Null(await papers.Get<AutomaticEdition>().RunDueAsync(Token));
        papers.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Day, await papers.Get<AutomaticEdition>().RunDueAsync(Token));

        Assert.Equal([ids[2], ids[0], ids[1], ids[3]], await EditionAsync(papers));
        // The draft of the day before, which passed without an edition, is kept and will not appear by itself.
        var before = await papers.Get<DraftReader>().ReadAsync(Day.AddDays(-1), Token);
        Assert.True(before is { IsPublished: false, AutomaticSize: null, Picks.Count: 1 });
    }

    [Fact]
    public async Task In_the_night_without_that_hour_the_begun_draft_appears_an_hour_later()
    {
        await using var papers = await AutomaticAsync(zone: "Europe/Berlin", publishAt: "02:30");
        var night = new DateOnly(2026, 3, 29);
        papers.Time.SetUtcNow(new DateTimeOffset(2026, 3, 29, 1, 29, 59, TimeSpan.Zero));
        foreach (var id in await papers.AddPapersAsync("one", "two", "three"))
            await papers.Get<EditionDrafts>().PickAsync(null, night, id, Token);
        Assert.Null(await papers.Get<AutomaticEdition>().RunDueAsync(Token));
        papers.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(night, await papers.Get<AutomaticEdition>().RunDueAsync(Token));
    }

    [Fact]
    public async Task A_curator_who_goes_on_arranging_meanwhile_loses_nothing()
    {
        await using var papers = await AutomaticAsync(size: 3);
        var ids = await papers.AddPapersAsync([.. Enumerable.Range(0, 12).Select(i => $"paper {i}")]);
        var picking = Task.Run(async () =>
        {
            foreach (var id in ids.Reverse())
                await papers.Get<EditionDrafts>().PickAsync(null, Day, id, Token);
        }, Token);

        Assert.True(await papers.Get<AutomaticEdition>().MakeAsync(Day, Token));
        await picking;

        // What was picked before is in the edition; what came later waits in its draft.
        var draft = await papers.Get<DraftReader>().ReadAsync(Day, Token);
        var edition = await EditionAsync(papers);
        Assert.Equal(edition, draft.Picks.Select(pick => pick.Paper.Id).Take(edition.Count));
        Assert.Equal(ids.Order(), draft.Picks.Select(pick => pick.Paper.Id).Order());
    }

    [Fact]
    public async Task Picked_papers_keep_others_on_their_topic_out()
    {
        await using var papers = await AutomaticAsync(size: 3, configure: services => services.AddSingleton<IEmbeddingKind>(new TopicKind("one")), kind: "topics");
        var ids = await papers.AddPapersAsync("A cat", "Another cat", "A third cat", "A boat", "A gradient");
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<SemanticIndex>().AdvanceAsync(null, Token));
        await papers.Get<EditionDrafts>().PickAsync(null, Day, ids[2], Token);

        var chosen = await papers.Get<AutomaticEdition>().ChooseAsync(Day, Token);

        Assert.Equal(ids[2], chosen[0]);
        Assert.Equal([ids[3], ids[4]], chosen.Skip(1).Order());
    }

    [Fact]
    public async Task An_automatic_edition_is_not_all_on_one_topic()
    {
        await using var papers = await AutomaticAsync(size: 3, configure: services => services.AddSingleton<IEmbeddingKind>(new TopicKind("one")), kind: "topics");
        var ids = await papers.AddPapersAsync("A cat", "Another cat", "A third cat", "A boat", "A gradient");
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<SemanticIndex>().AdvanceAsync(null, Token));

        Assert.Equal([ids[0], ids[3], ids[4]], (await papers.Get<AutomaticEdition>().ChooseAsync(Day, Token)).Order());
    }

    private static async Task<bool> PublishUntilCrashAsync(TemporaryPapers papers, CrashPoint crash)
    {
        try
        {
            return (await papers.Get<EditionPublishing>().PublishDueAsync(Token)).Count > 0;
        }
        catch (Exception) when (crash.HasCrashed)
        {
            return false;
        }
    }

    private static async Task<IReadOnlyList<long>> ScheduleAsync(TemporaryPapers papers)
    {
        var ids = await papers.AddPapersAsync("a", "b");
        foreach (var id in ids)
            await papers.Get<EditionDrafts>().PickAsync(null, Day, id, Token);
        Assert.Null(await papers.Get<EditionDrafts>().ScheduleAsync(null, Day, Token));
        return ids;
    }

    private static async Task<IReadOnlyList<long>> EditionAsync(TemporaryPapers papers) =>
        [.. (await papers.Get<EditionReader>().ReadAsync(Period.Day(Day), Token)).Papers.Select(p => p.Paper.Id)];

    private static Task<TemporaryPapers> AutomaticAsync(bool isOn = true, int size = 4, Action<IServiceCollection>? configure = null, string kind = "none", string zone = "UTC", string publishAt = "07:00") =>
        TemporaryPapers.CreateAsync(
            new Dictionary<string, string?>
            {
                ["Editions:Automatic"] = isOn ? "true" : "false",
                ["Editions:AutomaticSize"] = size.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Editions:AutomaticLeast"] = "3",
                ["Editions:PublishAt"] = publishAt,
                ["Site:TimeZone"] = zone,
                ["Search:Embedding:Kind"] = kind,
            },
            configure);
}
