using DailyPapers.Community.Collections;
using DailyPapers.Community.Following;
using DailyPapers.Community.Reading;
using DailyPapers.Community.Recommending;
using DailyPapers.Community.Upvotes;
using DailyPapers.Papers;
using DailyPapers.Search.Semantic;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Community;

public class RecommendationsTests
{
    private static readonly (string Topic, string[] Titles)[] Topics =
    [
        ("speech", ["Streaming speech recognition with transducers", "Speaker diarization for meetings", "Robust speech recognition in noise", "Self-supervised pretraining for speech", "End-to-end speech translation"]),
        ("graphs", ["Graph neural networks for molecules", "Oversmoothing in deep graph networks", "Link prediction on knowledge graphs", "Spectral graph convolutions", "Node classification with few labels"]),
        ("robots", ["Grasping with a robotic hand", "Legged locomotion by reinforcement learning", "Robot navigation in crowds", "Imitation learning for manipulation", "Sim-to-real transfer for quadruped robots"]),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upvote_is_learnt_from_at_once_and_named_as_the_reason()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await StoreAsync(papers));
        Assert.Equal(RecommendingState.NothingKnown, (await ReadAsync(papers, ada)).State);

        await papers.Get<Upvoting>().SetAsync(ada, stored["Robust speech recognition in noise"].Id, wanted: true, Token);
        var (state, first) = await ReadAsync(papers, ada);
        Assert.Equal(RecommendingState.Ready, state);
        Assert.DoesNotContain("Robust speech recognition in noise", Titles(first));
        Assert.Contains("speech", Titles(first)[0], StringComparison.OrdinalIgnoreCase);
        var (because, kind) = Assert.Single(first[0].Because);
        Assert.Equal(("Robust speech recognition in noise", LikedKind.Upvoted), (because.Title, kind));

        await papers.Get<Upvoting>().SetAsync(ada, stored["Robust speech recognition in noise"].Id, wanted: false, Token);
        await papers.Get<ReadingList>().SetAsync(ada, stored["Spectral graph convolutions"].Id, ReadingState.Later, Token);
        var second = (await ReadAsync(papers, ada)).Papers;
        Assert.Contains("graph", Titles(second)[0], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(LikedKind.Saved, second[0].Because[0].Kind);
    }

    [Fact]
    public async Task What_is_followed_comes_first_and_says_so()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, _) = (await papers.ReaderAsync(), await StoreAsync(papers));
        await papers.Get<Follows>().AddAsync(ada, FollowKind.Keyword, "Robots", Token);
        var found = (await ReadAsync(papers, ada)).Papers;
        Assert.Equal(Topics[2].Titles.Order(), Titles(found).Take(5).Order());
        Assert.All(found.Take(5), paper => Assert.Equal("Robots", Assert.Single(paper.Followed).Value));
        Assert.All(found.Skip(5), paper => Assert.Empty(paper.Followed));
    }

    [Fact]
    public async Task Papers_one_has_dealt_with_or_that_are_withdrawn_are_no_news()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await StoreAsync(papers));
        var collection = (await papers.Get<CollectionWriter>().CreateAsync(ada, new("Mine", null, false), Token)).Collection!.Id;
        await papers.Get<CollectionWriter>().AddAsync(ada, collection, stored[Topics[0].Titles[0]].Id, null, Token);
        await papers.Get<ReadingList>().SetAsync(ada, stored[Topics[0].Titles[1]].Id, ReadingState.Read, Token);
        await using (var db = await papers.DbAsync())
        {
            (await db.Papers.FindAsync([stored[Topics[0].Titles[2]].Id], Token))!.IsWithdrawn = true;
            await db.SaveChangesAsync(Token);
        }
        var titles = Titles((await ReadAsync(papers, ada)).Papers);
        Assert.Equal(Topics.SelectMany(topic => topic.Titles).Except(Topics[0].Titles.Take(3)).Order(), titles.Order());
    }

    [Fact]
    public async Task Whoever_wants_none_gets_none_and_others_signs_count_for_nobody_else()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bo, stored) = (await papers.ReaderAsync(), await papers.ReaderAsync("Bo"), await StoreAsync(papers));
        await papers.Get<Upvoting>().SetAsync(ada, stored[Topics[0].Titles[0]].Id, wanted: true, Token);
        Assert.Equal(RecommendingState.NothingKnown, (await ReadAsync(papers, bo)).State);

        var choices = papers.Get<RecommendingChoices>();
        await choices.SetAsync(new RecommendingChoice { AccountId = ada, IsOff = true }, Token);
        Assert.Equal(RecommendingState.Off, (await ReadAsync(papers, ada)).State);
        await choices.SetAsync(new RecommendingChoice { AccountId = ada, InDigest = true }, Token);
        Assert.Equal(RecommendingState.Ready, (await ReadAsync(papers, ada)).State);
        Assert.True((await choices.OfAsync(ada, Token)).InDigest);
    }

    [Fact]
    public async Task The_time_a_paper_came_in_can_be_bounded()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, stored) = (await papers.ReaderAsync(), await StoreAsync(papers));
        await papers.Get<Upvoting>().SetAsync(ada, stored[Topics[0].Titles[0]].Id, wanted: true, Token);
        papers.Time.Advance(TimeSpan.FromDays(1));
        await papers.PapersAsync(LibraryScene.Record("Cooking with gas"), LibraryScene.Record("Speech synthesis from text"));
        await papers.Get<SemanticIndex>().AdvanceAsync(null, Token);
        var now = papers.Time.GetUtcNow();
        var (state, found) = await papers.Get<Recommendations>().ReadAsync(ada, 10, (now, now.AddDays(1)), Token);
        Assert.Equal((RecommendingState.Ready, 2), (state, found.Count));
        Assert.Equal("Speech synthesis from text", found[0].Listed.Paper.Title);
        Assert.Equal(RecommendingState.NothingNew, (await papers.Get<Recommendations>().ReadAsync(ada, 10, (now.AddDays(1), now.AddDays(2)), Token)).State);
    }

    [Fact]
    public async Task Without_vectors_words_still_recommend()
    {
        await using var papers = await TemporaryPapers.CreateAsync([new("Search:Embedding:Kind", "none")]);
        var (ada, stored) = (await papers.ReaderAsync(), await StoreAsync(papers));
        await papers.Get<Upvoting>().SetAsync(ada, stored[Topics[1].Titles[0]].Id, wanted: true, Token);
        Assert.Equal(Topics[1].Titles.Skip(1).Order(), Titles((await ReadAsync(papers, ada)).Papers).Take(4).Order());
    }

    private static async Task<Dictionary<string, Paper>> StoreAsync(TemporaryPapers papers)
    {
        var stored = await papers.PapersAsync([.. Topics.SelectMany(topic => topic.Titles.Select(title =>
            LibraryScene.Record(title, [$"Author of {title}"], [topic.Topic], summary: title)))]);
        await papers.Get<SemanticIndex>().AdvanceAsync(null, Token);
        return stored.ToDictionary(paper => paper.Title);
    }

    private static Task<(RecommendingState State, IReadOnlyList<Recommendation> Papers)> ReadAsync(TemporaryPapers papers, long account) =>
        papers.Get<Recommendations>().ReadAsync(account, 20, added: null, Token);

    private static List<string> Titles(IEnumerable<Recommendation> found) => found.Select(paper => paper.Listed.Paper.Title).ToList();
}
