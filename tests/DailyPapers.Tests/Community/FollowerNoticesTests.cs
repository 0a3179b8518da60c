using DailyPapers.Community.Accounts;
using DailyPapers.Community.Following;
using DailyPapers.Community.Moderation.Bans;
using DailyPapers.Community.Notifications;
using DailyPapers.Editions;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Community;

public class FollowerNoticesTests
{
    private static readonly DateOnly Today = new(2025, 8, 14);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edition_tells_followers_of_each_of_its_papers_once_and_why()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bo) = (await papers.ReaderAsync(), await papers.ReaderAsync("Bo"));
        await FollowAsync(papers, ada, (FollowKind.Author, "Émile Zola"), (FollowKind.Keyword, "Diffusion"));
        await FollowAsync(papers, bo, (FollowKind.Category, "stat"));
        var stored = await papers.PapersAsync(
            LibraryScene.Record("Both", ["Emile Zola"], ["diffusion"]),
            LibraryScene.Record("Neither", ["E. Zola"], ["diffusion models"], ["math.PR"]),
            LibraryScene.Record("Later", ["Emile Zola"], [], ["stat.ML"]));
        var editions = papers.Get<EditionWriter>();
        Assert.Empty(await ToldAsync(papers, ada));

        await editions.ReplaceAsync(Today, [stored[0].Id, stored[1].Id], Token);
        Assert.Equal(["There is a new paper; you follow the author Émile Zola, the keyword Diffusion."], await ToldAsync(papers, ada));
        await editions.ReplaceAsync(Today, [stored[2].Id, stored[1].Id], Token);
        await editions.ReplaceAsync(Today, [stored[0].Id, stored[2].Id], Token);
        await editions.ReplaceAsync(Today.AddDays(1), [stored[0].Id], Token);

        Assert.Equal(2, (await ToldAsync(papers, ada)).Count);
        Assert.Equal(["There is a new paper; you follow the category stat."], await ToldAsync(papers, bo));
    }

    [Fact]
    public async Task Editions_of_earlier_days_tell_nobody()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync();
        await FollowAsync(papers, ada, (FollowKind.Author, "Ada Lovelace"));
        var stored = await papers.PapersAsync(2);

        await papers.Get<EditionWriter>().ReplaceAsync(Today.AddDays(-3), [stored[0].Id], Token);
        Assert.Empty(await ToldAsync(papers, ada));
        await papers.Get<EditionWriter>().ReplaceAsync(Today.AddDays(-2), [stored[1].Id], Token);
        Assert.Single(await ToldAsync(papers, ada));
    }

    [Fact]
    public async Task A_person_is_told_of_so_many_in_a_day_and_no_more()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync();
        await FollowAsync(papers, ada, (FollowKind.Author, "Ada Lovelace"));
        var ids = (await papers.PapersAsync(3 * FollowerNotices.MostADay)).Select(p => p.Id).ToList();
        var editions = papers.Get<EditionWriter>();

        await editions.ReplaceAsync(Today, ids[..(FollowerNotices.MostADay - 1)], Token);
        await editions.ReplaceAsync(Today, ids[..(2 * FollowerNotices.MostADay)], Token);
        Assert.Equal(FollowerNotices.MostADay, (await ToldAsync(papers, ada)).Count);
        papers.Time.Advance(TimeSpan.FromHours(24));
        await editions.ReplaceAsync(Today.AddDays(1), ids[(2 * FollowerNotices.MostADay)..], Token);

        Assert.Equal(2 * FollowerNotices.MostADay, (await ToldAsync(papers, ada)).Count);
    }

    [Fact]
    public async Task Who_is_banned_is_not_told()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator) = (await papers.ReaderAsync(handle: "ada"), await papers.ReaderAsync("Cu", role: AccountRole.Curator));
        await FollowAsync(papers, ada, (FollowKind.Author, "Ada Lovelace"));
        Assert.Null((await papers.Get<Banning>().BanAsync(curator, "ada", 2, "Spam", Token)).Problem);
        var stored = await papers.PapersAsync(2);

        await papers.Get<EditionWriter>().ReplaceAsync(Today, [stored[0].Id], Token);
        Assert.Empty(await ToldAsync(papers, ada));
        papers.Time.Advance(TimeSpan.FromDays(3));
        await papers.Get<EditionWriter>().ReplaceAsync(Today.AddDays(3), [stored[1].Id], Token);
        Assert.Single(await ToldAsync(papers, ada));
    }

    private static async Task FollowAsync(TemporaryPapers papers, long account, params (FollowKind Kind, string Value)[] follows)
    {
        foreach (var (kind, value) in follows)
            Assert.Null(await papers.Get<Follows>().AddAsync(account, kind, value, Token));
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(TemporaryPapers papers, long account) =>
        [.. (await papers.Get<NotificationInbox>().ListAsync(account, null, 100, Token)).Select(told => told.Sentence)];
}
