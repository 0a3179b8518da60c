using System.Text.Json;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Reading;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

public class ReadingListTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paper_is_saved_read_and_taken_off()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bo, stored) = (await papers.ReaderAsync(), await papers.ReaderAsync("Bo"), await papers.PapersAsync(3));
        var list = papers.Get<ReadingList>();
        foreach (var paper in stored)
        {
            Assert.Null(await list.SetAsync(ada, paper.Id, ReadingState.Later, Token));
            papers.Time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Null(await list.SetAsync(ada, stored[0].Id, ReadingState.Later, Token));
        Assert.Equal([stored[2].Id, stored[1].Id, stored[0].Id], await IdsAsync(ReadingState.Later));

        await list.SetAsync(ada, stored[1].Id, ReadingState.Read, Token);
        await list.SetAsync(ada, stored[2].Id, null, Token);
        Assert.Equal([stored[0].Id], await IdsAsync(ReadingState.Later));
        Assert.Equal([stored[1].Id], await IdsAsync(ReadingState.Read));
        Assert.Equal(
            new Dictionary<long, ReadingState> { [stored[0].Id] = ReadingState.Later, [stored[1].Id] = ReadingState.Read },
            await list.StatesAsync(ada, stored.Select(p => p.Id).ToList(), Token));
        Assert.Empty(await list.StatesAsync(bo, stored.Select(p => p.Id).ToList(), Token));
        Assert.Equal(ReadingProblem.NoSuchPaper, await list.SetAsync(ada, 4711, ReadingState.Later, Token));

        async Task<List<long>> IdsAsync(ReadingState state) => (await list.ReadAsync(ada, state, 1, Token)).Papers.Select(p => p.Paper.Id).ToList();
    }

    [Fact]
    public async Task Pages_hold_every_paper_once()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await papers.PapersAsync((2 * ReadingListView.PageSize) + 5));
        var list = papers.Get<ReadingList>();
        // All at one instant, so that the order hangs on more than the time.
        foreach (var paper in stored)
            await list.SetAsync(ada, paper.Id, ReadingState.Later, Token);
        var pages = new List<ReadingListView>();
        for (var page = 1; pages.Count == 0 || pages[^1].HasNext; page++)
            pages.Add(await list.ReadAsync(ada, ReadingState.Later, page, Token));
        Assert.Equal([30, 30, 5], pages.Select(page => page.Papers.Count));
        Assert.Equal(stored.Select(p => p.Id).Order(), pages.SelectMany(page => page.Papers).Select(p => p.Paper.Id).Order());
    }

    [Fact]
    public async Task Clicks_at_the_same_time_leave_one_entry()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await papers.PapersAsync(1));
        var list = papers.Get<ReadingList>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            () => list.SetAsync(ada, stored[0].Id, i % 2 == 0 ? ReadingState.Later : ReadingState.Read, Token), Token)));
        Assert.All(answers, answer => Assert.Null(answer));
        await using var db = await papers.DbAsync();
        Assert.Equal(1, await db.ReadingEntries.CountAsync(Token));
    }

    [Fact]
    public async Task The_export_names_what_is_kept_and_erasing_leaves_nothing()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await papers.PapersAsync(1));
        await papers.Get<ReadingList>().SetAsync(ada, stored[0].Id, ReadingState.Read, Token);
        await using var db = await papers.DbAsync();
        var part = papers.Get<IEnumerable<IPersonalData>>().Single(p => p.Name == "reading");
        var export = JsonSerializer.Serialize(await part.ExportAsync(db, ada, Token));
        Assert.Contains("\"State\":\"Read\"", export, StringComparison.Ordinal);
        Assert.Contains(stored[0].Title, export, StringComparison.Ordinal);
        await part.EraseAsync(db, ada, Token);
        Assert.Equal(0, await db.ReadingEntries.CountAsync(Token));
    }
}
