using DailyPapers.Community.Submissions;
using DailyPapers.Community.Upvotes;
using DailyPapers.Editions;
using DailyPapers.Editions.Drafting;
using DailyPapers.Papers;
using DailyPapers.Tests.Community.Scoring;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Editions;

public class EditionCandidatesTests
{
    private static readonly DateOnly Day = new(2025, 8, 15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recent_and_submitted_papers_that_were_in_no_edition_are_ranked_by_score()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ids = await papers.AddPapersAsync("plain", "liked", "shown", "skipped", "picked");
        var old = await AddAsync(papers, "Old", new DateOnly(2019, 1, 1));
        var submitted = await AddAsync(papers, "Old but submitted", new DateOnly(2019, 1, 1));
        var readers = await papers.AddAccountsAsync(2, TimeSpan.FromDays(60), TimeSpan.FromDays(9));
        await papers.Get<Upvoting>().SetAsync(readers[0], ids[1], wanted: true, Token);
        await papers.Get<EditionWriter>().ReplaceAsync(new DateOnly(2025, 8, 13), [ids[2]], Token);
        await papers.Get<EditionDrafts>().SkipAsync(null, ids[3], skipped: true, Token);
        await papers.Get<EditionDrafts>().PickAsync(null, Day, ids[4], Token);
        await papers.Get<Submitting>().SubmitAsync(new Submitter(readers[1], "Bo", false), "1901.00002", "read it", toToday: false, Token);

        Assert.Equal(["liked", "Old but submitted", "plain"], await TitlesAsync(papers, new()));
        Assert.Equal(["Old but submitted"], await TitlesAsync(papers, new() { Kind = CandidateKind.Submitted }));
        Assert.Equal(["liked", "plain"], await TitlesAsync(papers, new() { Kind = CandidateKind.Harvested }));
        Assert.Equal(["skipped"], await TitlesAsync(papers, new() { Kind = CandidateKind.Skipped }));
        Assert.Equal(["Old but submitted"], await TitlesAsync(papers, new() { Category = "cs.LG" }));
        Assert.Equal(["liked"], await TitlesAsync(papers, new() { Text = "LIK" }));
        var (found, _) = await papers.Get<EditionCandidates>().ReadAsync(Day, new(), 0, 10, Token);
        Assert.Equal(("Bo", "read it"), (found[1].Submitter, found[1].Note));
        Assert.True(found[0].Score.Upvotes > 0 && found[1].Score.Submissions > 0);
        Assert.DoesNotContain(found, c => c.Paper.Id == old);

        Assert.True(await papers.Get<SubmissionDecisions>().DeclineAsync(readers[0], submitted, "too old", Token));
        Assert.Equal(["liked", "plain"], await TitlesAsync(papers, new()));
        var own = Assert.Single(await papers.Get<Submitting>().ListAsync(readers[1], Token));
        Assert.Equal((SubmissionState.Declined, "too old"), (own.State, own.Reason));
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.AddPapersAsync([.. Enumerable.Range(0, 7).Select(i => $"paper {i}")]);
        var all = await TitlesAsync(papers, new());
        var (second, total) = await papers.Get<EditionCandidates>().ReadAsync(Day, new(), 3, 3, Token);
        Assert.Equal(7, total);
        Assert.Equal(all.Skip(3).Take(3), second.Select(c => c.Paper.Title));
    }

    private static async Task<IReadOnlyList<string>> TitlesAsync(TemporaryPapers papers, CandidateFilter filter) =>
        [.. (await papers.Get<EditionCandidates>().ReadAsync(Day, filter, 0, 100, Token)).Candidates.Select(c => c.Paper.Title)];

    private static async Task<long> AddAsync(TemporaryPapers papers, string title, DateOnly published)
    {
        var record = new PaperRecord
        {
            Source = "arxiv",
            Arxiv = ArxivId.Parse(title == "Old" ? "1901.00001" : "1901.00002"),
            Title = title,
            Published = published,
            Categories = ["stat.ML", "cs.LG"],
        };
        return (await papers.Get<PaperIntake>().StoreAsync([record], cancellationToken: Token)).Papers[0].Id;
    }
}
