using DailyPapers.Community.Scoring;
using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Search.Embedding;
using DailyPapers.Search.Semantic;
using DailyPapers.Tests.Search.Semantic;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Community.Scoring;

public class NoveltyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paper_is_new_when_no_recent_one_before_it_is_like_it()
    {
        await using var papers = await TemporaryPapers.CreateAsync(
            new Dictionary<string, string?> { ["Search:Embedding:Kind"] = "topics" }, services => services.AddSingleton<IEmbeddingKind>(new TopicKind("one")));
        var ids = await AddAsync(
            papers,
            ("A vessel of long ago", new DateOnly(2020, 1, 1)),
            ("A cat", new DateOnly(2025, 8, 1)),
            ("A feline", new DateOnly(2025, 8, 10)),
            ("A boat", new DateOnly(2025, 8, 10)),
            ("A boat again", new DateOnly(2025, 8, 10)),
            ("A cat with a gradient", new DateOnly(2025, 8, 12)));
        Assert.Equal(0, await papers.Get<NoveltyMeasuring>().RunAsync(Token));
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<SemanticIndex>().AdvanceAsync(null, Token));

        Assert.Equal(5, await papers.Get<NoveltyMeasuring>().RunAsync(Token));
        Assert.Equal(0, await papers.Get<NoveltyMeasuring>().RunAsync(Token));

        await using var db = await papers.OpenAsync();
        var scores = await db.PaperScores.ToDictionaryAsync(s => s.PaperId, Token);
        Assert.False(scores.ContainsKey(ids[0]));
        Assert.Equal((1, null), (Math.Round(scores[ids[1]].Novelty!.Value, 2), scores[ids[1]].NearestPaperId));
        Assert.Equal((0, ids[1]), (Math.Round(scores[ids[2]].Novelty!.Value, 2), scores[ids[2]].NearestPaperId!.Value));
        Assert.Equal(1, Math.Round(scores[ids[3]].Novelty!.Value, 2));
        Assert.Equal((0, ids[3]), (Math.Round(scores[ids[4]].Novelty!.Value, 2), scores[ids[4]].NearestPaperId!.Value));
        Assert.InRange(scores[ids[5]].Novelty!.Value, 0.2, 0.4);
        Assert.True(scores[ids[3]].Lasting > scores[ids[4]].Lasting);
    }

    private static async Task<IReadOnlyList<long>> AddAsync(TemporaryPapers papers, params (string Title, DateOnly Published)[] records)
    {
        var stored = await papers.Get<PaperIntake>().StoreAsync(
            [.. records.Select(r => new PaperRecord { Source = "jsonl", Title = r.Title, Published = r.Published })], cancellationToken: Token);
        return [.. stored.Papers.Select(p => p.Id)];
    }
}
