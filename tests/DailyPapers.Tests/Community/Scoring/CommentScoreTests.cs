using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Scoring;
using DailyPapers.Papers;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community.Scoring;

public sealed class CommentScoreTests
{
    [Fact]
    public async Task Discussion_raises_a_paper_once_a_person_and_no_longer_when_it_is_gone()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var paper = await papers.PaperAsync();
        var (ada, grace) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"));
        var curator = await papers.PersonAsync("Cleo", AccountRole.Curator);
        await using (var db = await papers.DbAsync())
            await papers.Get<PaperScoring>().RefreshAsync(db, [paper.Id], TestContext.Current.CancellationToken);
        var before = await ScoreAsync(papers, paper);

        var first = await papers.CommentAsync(ada, paper, "One remark.");
        var one = await ScoreAsync(papers, paper);
        Assert.True(one > before);
        await papers.CommentAsync(ada, paper, "And another remark.");
        Assert.Equal(one, await ScoreAsync(papers, paper), 1e-9);
        var other = await papers.CommentAsync(grace, paper, "A second opinion.");
        Assert.True(await ScoreAsync(papers, paper) > one);

        await papers.Get<CommentModeration>().HideAsync(curator.Id, other, "Off topic.", TestContext.Current.CancellationToken);
        Assert.Equal(one, await ScoreAsync(papers, paper), 1e-9);
        await papers.Get<Commenting>().DeleteAsync(ada.Id, first, TestContext.Current.CancellationToken);
        // The other remark still speaks for it.
        Assert.Equal(one, await ScoreAsync(papers, paper), 1e-9);
        await papers.Get<AccountRemoval>().RemoveAsync(ada.Email!, TestContext.Current.CancellationToken);
        Assert.Equal(before, await ScoreAsync(papers, paper), 1e-9);
    }

    private static async Task<double> ScoreAsync(TemporaryPapers papers, Paper paper)
    {
        await using var db = await papers.DbAsync();
        var score = await db.PaperScores.AsNoTracking().SingleAsync(s => s.PaperId == paper.Id, TestContext.Current.CancellationToken);
        return ScoreFormula.At(score, papers.Time.GetUtcNow());
    }
}
