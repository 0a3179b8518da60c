using DailyPapers.Community.Authorship;
using DailyPapers.Community.Following;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.PrivateFeeds;
using DailyPapers.Community.Profiles;
using DailyPapers.Community.Reading;
using DailyPapers.Community.Recommending;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Community;

/// <summary>Small things of which a person has one: whoever writes them first at the same time, there is one afterwards.</summary>
public class FirstWriteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Writes => [.. All.Keys];

    private static Dictionary<string, (Func<TemporaryPapers, long, long, Task> Write, Func<PapersDb, Task<int>> Count)> All { get; } = new()
    {
        ["reading mark"] = (
            async (papers, ada, paper) => Assert.Null(await papers.Get<ReadingList>().SetAsync(ada, paper, ReadingState.Later, Token)),
            db => db.ReadingEntries.CountAsync(Token)),
        ["follow"] = (
            async (papers, ada, _) => Assert.Null(await papers.Get<Follows>().AddAsync(ada, FollowKind.Keyword, "Grokking", Token)),
            db => db.Follows.CountAsync(Token)),
        ["choice"] = (
            (papers, ada, _) => papers.Get<RecommendingChoices>().SetAsync(new RecommendingChoice { AccountId = ada, InDigest = true }, Token),
            db => db.RecommendingChoices.CountAsync(c => c.InDigest, Token)),
        ["claim"] = (
            async (papers, ada, paper) => Assert.Contains(
                await papers.Get<AuthorshipClaims>().MakeAsync(ada, paper, "Ada Lovelace", null, Token), (ClaimOutcome[])[ClaimOutcome.Done, ClaimOutcome.ClaimedAlready]),
            db => db.AuthorshipClaims.CountAsync(Token)),
        ["feed secret"] = (
            (papers, ada, _) => papers.Get<FeedSecrets>().RenewAsync(ada, FeedKind.Following, Token),
            db => db.FeedSecrets.CountAsync(Token)),
        ["profile"] = (
            async (papers, ada, _) => Assert.Null(await papers.Get<ProfileWriter>().SaveAsync(ada, "Counts", showsUpvotes: true, Token)),
            db => db.Profiles.CountAsync(Token)),
        ["notification preference"] = (
            (papers, ada, _) => papers.Get<NotificationPreferences>().SaveAsync(ada, [NotificationKind.FollowedPaper], MailPace.Daily, Token),
            db => db.NotificationPreferences.CountAsync(p => p.Pace == MailPace.Daily, Token)),
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Many_at_once_leave_one(string what)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.ReaderAsync(), (await papers.PapersAsync(1))[0].Id);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => All[what].Write(papers, ada, paper), Token)));

        await using var db = await papers.DbAsync();
        Assert.Equal(1, await All[what].Count(db));
    }

    // SQLite lets one write at a time begin. PostgreSQL lets two, and refuses the second one's row.
    [Theory]
    [InlineData("reading mark")]
    [InlineData("follow")]
    [InlineData("choice")]
    [InlineData("claim")]
    [InlineData("feed secret")]
    public async Task One_whose_row_is_refused_is_done_again(string what)
    {
        var refusal = new Refusal();
        await using var papers = await TemporaryPapers.CreateAsync(configure: services => services.ConfigureDbContext<PapersDb>(options => options.AddInterceptors(refusal)));
        var (ada, paper) = (await papers.ReaderAsync(), (await papers.PapersAsync(1))[0].Id);
        refusal.Left = 1;

        await All[what].Write(papers, ada, paper);

        Assert.Equal(0, refusal.Left);
        await using (var db = await papers.DbAsync())
            Assert.Equal(1, await All[what].Count(db));
    }

    private sealed class Refusal : SaveChangesInterceptor
    {
        public int Left { get; set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Left > 0 && Left-- > 0 ? throw new DbUpdateException("A row like this is there already.") : ValueTask.FromResult(result);
    }
}
