using DailyPapers.Community.Accounts;
using DailyPapers.Community.Upvotes;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

public class UpvotingTests
{
    [Fact]
    public async Task Concurrent_votes_and_undos_end_in_the_exact_count()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var paper = (await papers.Get<PaperIntake>().StoreAsync(
            [new PaperRecord { Source = "jsonl", Title = "A paper" }], cancellationToken: token)).Papers[0];
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        var accounts = Enumerable.Range(0, 12).Select(i => new Account { DisplayName = $"Person {i}", UserName = $"p{i}@example.org" }).ToList();
        db.AddRange(accounts);
        await db.SaveChangesAsync(token);

        var upvoting = papers.Get<Upvoting>();
        await Task.WhenAll(accounts.Select((account, i) => Task.Run(async () =>
        {
            for (var round = 0; round <= i; round++)
                await upvoting.SetAsync(account.Id, paper.Id, wanted: round % 2 == 0, token);
        }, token)));

        // Person i ends upvoting exactly when i is even.
        Assert.Equal(6, (await papers.Get<PaperReader>().FindAsync(paper.Key, token))!.Upvotes);
        Assert.Equal(6, await db.Upvotes.CountAsync(token));
    }

    [Fact]
    public async Task An_unknown_paper_gets_no_vote()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        Assert.Null(await papers.Get<Upvoting>().SetAsync(1, 4711, wanted: true, TestContext.Current.CancellationToken));
    }
}
