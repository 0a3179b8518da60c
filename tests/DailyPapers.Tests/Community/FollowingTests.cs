using DailyPapers.Community.Following;
using DailyPapers.Search;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Community;

public class FollowingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FollowKind.Author, "Sébastien  BUBECK", "sebastien bubeck")]
    [InlineData(FollowKind.Author, "A. M. Turing", "a m turing")]
    [InlineData(FollowKind.Keyword, " Diffusion\tmodels ", "diffusion models")]
    [InlineData(FollowKind.Category, "cs.LG", "cs.lg")]
    public void Spellings_of_one_thing_are_the_same(FollowKind kind, string value, string term) => Assert.Equal(term, FollowTerms.Of(kind, value));

    [Fact]
    public async Task New_papers_of_what_is_followed_are_found_with_the_reason_and_no_others()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync();
        var follows = papers.Get<Follows>();
        foreach (var (kind, value) in (IEnumerable<(FollowKind, string)>)[(FollowKind.Author, "Émile Zola"), (FollowKind.Keyword, "Diffusion"), (FollowKind.Category, "math")])
            Assert.Null(await follows.AddAsync(ada, kind, value, Token));
        await papers.PapersAsync(
            LibraryScene.Record("By the author", ["Grace Hopper", "Emile Zola"]) with { Published = new DateOnly(2025, 8, 4) },
            LibraryScene.Record("By a namesake", ["E. Zola", "Emile Zolak"]),
            LibraryScene.Record("On two of them", ["Somebody Else"], ["diffusion"], ["math.PR"]) with { Published = new DateOnly(2025, 8, 3) },
            LibraryScene.Record("On a longer keyword", ["Somebody Else"], ["diffusion models"], ["cs.LG"]),
            LibraryScene.Record("In the archive", ["Somebody Else"], [], ["math.ST"]) with { Published = new DateOnly(2025, 8, 2) });
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);

        var found = await papers.Get<FollowedPapers>().ReadAsync(ada, 10, Token);

        Assert.Equal(["By the author", "On two of them", "In the archive"], found.Select(f => f.Listed.Paper.Title));
        Assert.Equal(["Émile Zola", "Diffusion,math", "math"], found.Select(f => string.Join(',', f.Because.Select(b => b.Value))));
        Assert.Equal(2, (await papers.Get<FollowedPapers>().ReadAsync(ada, 2, Token)).Count);
    }

    [Fact]
    public async Task Following_again_is_one_follow_and_nobody_removes_another_s()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bo) = (await papers.ReaderAsync(), await papers.ReaderAsync("Bo"));
        var follows = papers.Get<Follows>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => follows.AddAsync(ada, FollowKind.Keyword, "Grokking", Token), Token)));
        await follows.AddAsync(ada, FollowKind.Keyword, "grokking", Token);
        var own = Assert.Single(await follows.ListAsync(ada, Token));
        Assert.Equal("grokking", own.Value);
        Assert.False(await follows.RemoveAsync(bo, own.Id, Token));
        Assert.True(await follows.RemoveAsync(ada, own.Id, Token));
        Assert.Contains("has 0 characters", await follows.AddAsync(ada, FollowKind.Author, " \t", Token), StringComparison.Ordinal);
        Assert.Contains("has 121 characters", await follows.AddAsync(ada, FollowKind.Author, new string('x', 121), Token), StringComparison.Ordinal);
    }
}
