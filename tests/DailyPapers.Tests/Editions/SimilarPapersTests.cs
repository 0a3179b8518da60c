using DailyPapers.Community.Scoring;
using DailyPapers.Editions;
using DailyPapers.Editions.Drafting;
using DailyPapers.Search;
using DailyPapers.Search.Embedding;
using DailyPapers.Search.Semantic;
using DailyPapers.Tests.Community.Scoring;
using DailyPapers.Tests.Search.Semantic;
using DailyPapers.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Editions;

public class SimilarPapersTests
{
    private static readonly DateOnly Day = new(2025, 8, 15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_candidate_says_what_is_like_it_and_where_readers_met_that()
    {
        await using var papers = await TopicsAsync();
        var ids = await papers.AddPapersAsync("A cat", "A cat with a gradient", "Another cat", "A feline", "A boat", "A third cat");
        await EmbedAsync(papers);
        await papers.Get<EditionWriter>().ReplaceAsync(Day.AddDays(-5), [ids[2]], Token);
        await papers.Get<EditionWriter>().ReplaceAsync(Day.AddDays(-2), [ids[2]], Token);
        await papers.Get<EditionDrafts>().PickAsync(null, Day, ids[3], Token);
        await papers.Get<EditionDrafts>().PickAsync(null, Day.AddDays(-1), ids[3], Token);
        await papers.Get<EditionDrafts>().PickAsync(null, Day.AddDays(-9), ids[5], Token);

        var similar = await SimilarAsync(papers, ids[0]);

        Assert.Equal([ids[2], ids[3], ids[5], ids[1]], similar.Select(s => s.Paper.Id).OrderBy(id => id == ids[1]).ThenBy(id => id));
        Assert.Equal(similar.OrderByDescending(s => s.Likeness), similar);
        Assert.InRange(similar[0].Likeness, 0.99, 1);
        Assert.InRange(similar[3].Likeness, 0.6, 0.8);
        Assert.Equal((Day.AddDays(-2), null), Shown(similar, ids[2]));
        Assert.Equal((null, Day), Shown(similar, ids[3]));
        // What was begun for a day that has passed appears nowhere.
        Assert.Equal((null, null), Shown(similar, ids[5]));
        Assert.Empty(await SimilarAsync(papers, ids[4]));
    }

    [Fact]
    public async Task What_readers_had_and_what_made_it_less_new_has_a_place_behind_closer_ones()
    {
        await using var papers = await TopicsAsync();
        var ids = await papers.AddPapersAsync("A cat on a boat", "A cat", "A gradient on a boat", "Two cats on a boat", "Three cats on a boat", "Four cats on a boat", "Five cats on a boat", "Six cats on a boat");
        await EmbedAsync(papers);
        await papers.Get<EditionWriter>().ReplaceAsync(Day.AddDays(-2), [ids[2]], Token);
        await papers.Get<NoveltyMeasuring>().RunAsync(Token);

        var similar = await SimilarAsync(papers, ids[3]);

        Assert.Equal(SimilarPapers.Most, similar.Count);
        Assert.Equal(ids[2], similar[^1].Paper.Id);
        // The first of those on the same day, which the others' novelty is measured by.
        Assert.Contains(similar, s => s.Paper.Id == ids[0]);
    }

    [Fact]
    public async Task Without_vectors_the_paper_that_novelty_was_measured_by_is_left_or_nothing()
    {
        await using var papers = await TemporaryPapers.CreateAsync(new Dictionary<string, string?> { ["Search:Embedding:Kind"] = "none" });
        var ids = await papers.AddPapersAsync("A cat", "A feline");
        Assert.Empty(await SimilarAsync(papers, ids[1]));
        await using (var db = await papers.OpenAsync())
        {
            db.PaperScores.Add(new PaperScore { PaperId = ids[1], AppearedAt = papers.Time.GetUtcNow(), Novelty = 0.25, NearestPaperId = ids[0] });
            await db.SaveChangesAsync(Token);
        }

        var only = Assert.Single(await SimilarAsync(papers, ids[1]));

        Assert.Equal((ids[0], 0.75), (only.Paper.Id, only.Likeness));
    }

    private static (DateOnly?, DateOnly?) Shown(IEnumerable<SimilarPaper> similar, long id) =>
        similar.Where(s => s.Paper.Id == id).Select(s => (s.Edition, s.PickedFor)).Single();

    private static async Task<IReadOnlyList<SimilarPaper>> SimilarAsync(TemporaryPapers papers, long id) =>
        (await papers.Get<EditionCandidates>().ReadAsync(Day, new(), 0, 100, Token)).Candidates.Single(c => c.Paper.Id == id).Similar;

    private static Task<TemporaryPapers> TopicsAsync() => TemporaryPapers.CreateAsync(
        new Dictionary<string, string?> { ["Search:Embedding:Kind"] = "topics" }, services => services.AddSingleton<IEmbeddingKind>(new TopicKind("one")));

    private static async Task EmbedAsync(TemporaryPapers papers) =>
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<SemanticIndex>().AdvanceAsync(null, Token));
}
