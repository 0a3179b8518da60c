using CsCheck;
using DailyPapers.Community.Auditing;
using DailyPapers.Editions;
using DailyPapers.Editions.Drafting;
using DailyPapers.Tests.Community.Scoring;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Editions;

public class EditionDraftsTests
{
    private static readonly DateOnly Day = new(2025, 8, 15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Papers_are_picked_moved_ordered_and_dropped()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await papers.AddPapersAsync("a", "b", "c", "d");
        var drafts = papers.Get<EditionDrafts>();
        foreach (var id in ids)
            Assert.True(await drafts.PickAsync(null, Day, id, Token));
        Assert.True(await drafts.PickAsync(null, Day, ids[0], Token));
        Assert.Equal("abcd", await OrderAsync(papers));

        Assert.True(await drafts.MoveAsync(null, Day, ids[3], -2, Token));
        Assert.Equal("adbc", await OrderAsync(papers));
        Assert.True(await drafts.MoveAsync(null, Day, ids[0], -1, Token));
        Assert.True(await drafts.MoveAsync(null, Day, ids[2], 9, Token));
        Assert.Equal("adbc", await OrderAsync(papers));

        Assert.True(await drafts.OrderAsync(null, Day, [ids[2], 4711, ids[1], ids[2]], Token));
        Assert.Equal("cbad", await OrderAsync(papers));

        Assert.True(await drafts.DropAsync(null, Day, ids[1], Token));
        Assert.False(await drafts.DropAsync(null, Day, ids[1], Token));
        Assert.False(await drafts.MoveAsync(null, Day, ids[1], 1, Token));
        Assert.False(await drafts.PickAsync(null, Day, 4711, Token));
        Assert.Equal("cad", await OrderAsync(papers));
    }

    [Fact]
    public async Task Whatever_is_done_each_paper_has_one_place_and_places_have_no_gaps()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await papers.AddPapersAsync("a", "b", "c", "d", "e");
        var drafts = papers.Get<EditionDrafts>();
        var date = Day;
        await Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[-4, 4]).Array[1, 12].SampleAsync(async actions =>
        {
            date = date.AddDays(1);
            foreach (var (action, paper, by) in actions)
            {
                await (action switch
                {
                    0 => drafts.DropAsync(null, date, ids[paper], Token),
                    1 => drafts.MoveAsync(null, date, ids[paper], by, Token),
                    2 => drafts.OrderAsync(null, date, [ids[paper], ids[Math.Abs(by)]], Token),
                    _ => drafts.PickAsync(null, date, ids[paper], Token),
                });
            }
            await using var db = await papers.OpenAsync();
            var places = await db.EditionDrafts.Where(d => d.Date == date).SelectMany(d => d.Picks).Select(p => p.Position).Order().ToListAsync(Token);
            Assert.Equal(Enumerable.Range(0, places.Count), places);
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task Curators_who_pick_at_once_all_pick()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await papers.AddPapersAsync([.. Enumerable.Range(0, 12).Select(i => $"paper {i}")]);

        Assert.All(await Task.WhenAll(ids.Select(id => Task.Run(() => papers.Get<EditionDrafts>().PickAsync(null, Day, id, Token)))), Assert.True);

        Assert.Equal(ids.Order(), (await papers.Get<DraftReader>().ReadAsync(Day, Token)).Picks.Select(p => p.Paper.Id).Order());
    }

    [Fact]
    public async Task A_published_edition_is_edited_from_what_it_has()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await papers.AddPapersAsync("a", "b", "c");
        await papers.Get<EditionWriter>().ReplaceAsync(Day, [ids[1], ids[0]], Token);
        Assert.False((await papers.Get<DraftReader>().ReadAsync(Day, Token)).HasChanges);

        await papers.Get<EditionDrafts>().PickAsync(null, Day, ids[2], Token);

        Assert.Equal("bac", await OrderAsync(papers));
        var view = await papers.Get<DraftReader>().ReadAsync(Day, Token);
        Assert.True(view is { IsPublished: true, HasChanges: true });
        Assert.Equal(2, (await papers.Get<EditionReader>().ReadAsync(Period.Day(Day), Token)).Papers.Count);
    }

    [Fact]
    public async Task Everything_done_stands_in_the_audit_log()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await papers.AddPapersAsync("a", "b");
        var curator = (await papers.AddAccountsAsync(1, TimeSpan.FromDays(1), TimeSpan.Zero))[0];
        var drafts = papers.Get<EditionDrafts>();
        await drafts.PickAsync(curator, Day, ids[0], Token);
        await drafts.NoteAsync(curator, Day, ids[0], "first", Token);
        await drafts.SkipAsync(curator, ids[1], skipped: true, Token);
        await drafts.SkipAsync(curator, ids[1], skipped: true, Token);
        await drafts.ScheduleAsync(curator, Day, Token);
        await drafts.UnscheduleAsync(curator, Day, Token);
        await drafts.DropAsync(curator, Day, ids[0], Token);

        await using var db = await papers.OpenAsync();
        var log = await db.AuditEntries.OrderBy(e => e.Id).ToListAsync(Token);
        Assert.Equal(["edition.pick", "edition.note", "edition.skip", "edition.schedule", "edition.unschedule", "edition.drop"], log.Select(e => e.Action));
        Assert.All(log, (AuditEntry e) => Assert.Equal(curator, e.ActorId));
        Assert.Equal("edition:2025-08-15", log[0].Subject);
    }

    [Fact]
    public async Task Only_a_draft_with_papers_and_a_time_to_come_can_be_scheduled()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await papers.AddPapersAsync("a");
        var drafts = papers.Get<EditionDrafts>();

        Assert.Contains("Pick one first", await drafts.ScheduleAsync(null, Day, Token), StringComparison.Ordinal);
        await drafts.PickAsync(null, Day.AddDays(-1), ids[0], Token);
        Assert.Contains("has passed", await drafts.ScheduleAsync(null, Day.AddDays(-1), Token), StringComparison.Ordinal);
        await drafts.PickAsync(null, Day, ids[0], Token);
        Assert.Null(await drafts.ScheduleAsync(null, Day, Token));
        Assert.Equal(new DateTimeOffset(2025, 8, 15, 7, 0, 0, TimeSpan.Zero), (await papers.Get<DraftReader>().ReadAsync(Day, Token)).ScheduledFor);

        await drafts.DropAsync(null, Day, ids[0], Token);
        Assert.Null((await papers.Get<DraftReader>().ReadAsync(Day, Token)).ScheduledFor);
    }

    private static async Task<string> OrderAsync(TemporaryPapers papers) =>
        string.Concat((await papers.Get<DraftReader>().ReadAsync(Day, Token)).Picks.Select(p => p.Paper.Title));
}
