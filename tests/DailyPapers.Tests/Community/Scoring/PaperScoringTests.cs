using DailyPapers.Community.Accounts;
using DailyPapers.Community.Scoring;
using DailyPapers.Community.Upvotes;
using DailyPapers.Editions;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community.Scoring;

public class PaperScoringTests
{
    private static readonly DateOnly Day = new(2025, 8, 13);

    [Fact]
    public async Task Readers_move_a_paper_past_a_ring_of_as_many_fresh_accounts()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ids = await papers.AddPapersAsync("pushed", "liked");
        await papers.Get<EditionWriter>().ReplaceAsync(Day, ids, token);
        var ring = await papers.AddAccountsAsync(12, TimeSpan.FromHours(2), TimeSpan.FromSeconds(20));
        var readers = await papers.AddAccountsAsync(3, TimeSpan.FromDays(90), TimeSpan.FromDays(5));
        foreach (var account in readers)
            await papers.Get<Upvoting>().SetAsync(account, ids[1], wanted: true, token);
        foreach (var account in ring)
            await papers.Get<Upvoting>().SetAsync(account, ids[0], wanted: true, token);

        var trending = await papers.Get<Trending>().ReadAsync(2, token);

        Assert.Equal([ids[1], ids[0]], trending.Select(t => t.Paper.Id));
        // The count that is shown stays the count.
        Assert.Equal([3, 12], trending.Select(t => t.Paper.Upvotes));
    }

    [Fact]
    public async Task Accounts_that_always_vote_together_add_less_and_less()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ids = await papers.AddPapersAsync([.. Enumerable.Range(0, 21).Select(i => $"paper {i}")]);
        var ring = await papers.AddAccountsAsync(4, TimeSpan.FromDays(300), TimeSpan.FromDays(9));
        foreach (var paper in ids)
        {
            foreach (var account in ring)
                await papers.Get<Upvoting>().SetAsync(account, paper, wanted: true, token);
        }

        await using var db = await papers.OpenAsync();
        var weights = await db.Upvotes.Where(u => u.PaperId == ids[20]).OrderBy(u => u.AccountId).Select(u => u.Weight).ToListAsync(token);

        Assert.Equal(1, weights[0]);
        Assert.Equal([.. weights.OrderDescending()], weights);
        Assert.InRange(weights.Sum(), 1.5, 2.5);
    }

    [Fact]
    public async Task A_vote_taken_back_leaves_no_trace_and_given_again_counts_once()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ids = await papers.AddPapersAsync("one");
        await papers.Get<EditionWriter>().ReplaceAsync(Day, ids, token);
        var reader = (await papers.AddAccountsAsync(1, TimeSpan.FromDays(90), TimeSpan.Zero))[0];
        var before = await ScoreOfAsync(papers, ids[0]);

        await papers.Get<Upvoting>().SetAsync(reader, ids[0], wanted: true, token);
        var once = await ScoreOfAsync(papers, ids[0]);
        for (var i = 0; i < 5; i++)
        {
            await papers.Get<Upvoting>().SetAsync(reader, ids[0], wanted: false, token);
            Assert.Equal(before, await ScoreOfAsync(papers, ids[0]));
            await papers.Get<Upvoting>().SetAsync(reader, ids[0], wanted: true, token);
        }

        Assert.True(once.Lasting > before.Lasting);
        Assert.Equal(once, await ScoreOfAsync(papers, ids[0]));
    }

    [Fact]
    public async Task A_vote_rewrites_the_score_of_its_paper_only_and_time_rewrites_none()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ids = await papers.AddPapersAsync("one", "two");
        await papers.Get<EditionWriter>().ReplaceAsync(Day, ids, token);
        var readers = await papers.AddAccountsAsync(2, TimeSpan.FromDays(90), TimeSpan.FromDays(9));
        await papers.Get<Upvoting>().SetAsync(readers[0], ids[0], wanted: true, token);
        var other = await ScoreOfAsync(papers, ids[0]);
        papers.Time.Advance(TimeSpan.FromDays(2));
        await papers.Get<Upvoting>().SetAsync(readers[1], ids[1], wanted: true, token);

        Assert.Equal(other, await ScoreOfAsync(papers, ids[0]));
        Assert.Equal([ids[1], ids[0]], (await papers.Get<Trending>().ReadAsync(2, token)).Select(t => t.Paper.Id));
    }

    [Fact]
    public async Task A_deleted_account_takes_its_weight_along()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ids = await papers.AddPapersAsync("one");
        await papers.Get<EditionWriter>().ReplaceAsync(Day, ids, token);
        var before = await ScoreOfAsync(papers, ids[0]);
        var reader = (await papers.AddAccountsAsync(1, TimeSpan.FromDays(90), TimeSpan.Zero))[0];
        await papers.Get<Upvoting>().SetAsync(reader, ids[0], wanted: true, token);
        await using (var db = await papers.OpenAsync())
        {
            var account = await db.Users.SingleAsync(token);
            (account.Email, account.NormalizedEmail) = ("reader@example.org", "READER@EXAMPLE.ORG");
            await db.SaveChangesAsync(token);
        }

        Assert.True(await papers.Get<AccountRemoval>().RemoveAsync("reader@example.org", token));

        Assert.Equal(before, await ScoreOfAsync(papers, ids[0]));
    }

    [Fact]
    public async Task Trending_shows_what_editions_or_readers_chose_and_nothing_else()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ids = await papers.AddPapersAsync("in an edition", "voted for", "only harvested");
        await papers.Get<EditionWriter>().ReplaceAsync(Day, [ids[0]], token);
        var reader = (await papers.AddAccountsAsync(1, TimeSpan.FromDays(90), TimeSpan.Zero))[0];
        await papers.Get<Upvoting>().SetAsync(reader, ids[1], wanted: true, token);
        await using (var db = await papers.OpenAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            await papers.Get<PaperScoring>().RefreshAsync(db, ids, token);
            await transaction.CommitAsync(token);
        }

        Assert.Equal([ids[1], ids[0]], (await papers.Get<Trending>().ReadAsync(10, token)).Select(t => t.Paper.Id));
    }

    [Fact]
    public async Task The_best_are_found_however_many_papers_have_a_larger_lasting_part()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ids = await papers.AddPapersAsync([.. Enumerable.Range(0, 450).Select(i => $"paper {i}")]);
        await papers.Get<EditionWriter>().ReplaceAsync(Day, ids, token);
        var now = papers.Time.GetUtcNow();
        await using var db = await papers.OpenAsync();
        var scores = await db.PaperScores.ToListAsync(token);
        var random = new Random(7);
        foreach (var score in scores)
        {
            // Many with an old strong standing, some with a fresh one.
            var events = Enumerable.Range(0, random.Next(0, 6)).Select(_ => new ScoreEvent(score.PaperId, ScoreEventKind.Upvote, now.AddHours(-random.Next(0, 100)), 1)).ToList();
            ScoreFormula.Apply(score, random.Next(0, 50), events);
        }
        await db.SaveChangesAsync(token);

        var expected = scores.OrderByDescending(s => ScoreFormula.At(s, now)).ThenBy(s => s.PaperId).Take(30).Select(s => s.PaperId);

        Assert.Equal(expected, (await papers.Get<Trending>().ReadAsync(30, token)).Select(t => t.Paper.Id));
    }

    [Fact]
    public async Task Scores_missing_after_an_update_are_made_at_the_start()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ids = await papers.AddPapersAsync("one", "two");
        await papers.Get<EditionWriter>().ReplaceAsync(Day, ids, token);
        await using var db = await papers.OpenAsync();
        await db.PaperScores.ExecuteDeleteAsync(token);
        Assert.Empty(await papers.Get<Trending>().ReadAsync(10, token));

        await papers.Get<ScoreCatchUp>().RunAsync(token);

        Assert.Equal(2, (await papers.Get<Trending>().ReadAsync(10, token)).Count);
    }

    private static async Task<(double Lasting, double? Lively)> ScoreOfAsync(TemporaryPapers papers, long id)
    {
        await using var db = await papers.OpenAsync();
        var score = await db.PaperScores.AsNoTracking().SingleAsync(s => s.PaperId == id, TestContext.Current.CancellationToken);
        return (score.Lasting, score.Lively);
    }
}
