using DailyPapers.Reproductions;
using DailyPapers.Search;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Search;

public class QueryTests(SearchFixture fixture) : IClassFixture<SearchFixture>
{
    private const string TwoPass = "The Two-Pass Softmax Algorithm";
    private const string TwopassScheme = "Faster Exponentials on Vector Machines";

    [Theory]
    [InlineData("softmax bandwidth", TwoPass)]
    [InlineData("SOFTMAX algorithms", TwoPass)]
    [InlineData("the softmax in memory", TwoPass)]
    [InlineData("soft", TwoPass)]
    [InlineData("softm*", TwoPass)]
    [InlineData("2001.04438", TwoPass)]
    [InlineData("arXiv:2001.04438v3", TwoPass)]
    [InlineData("https://arxiv.org/abs/2001.04438v1", TwoPass)]
    [InlineData("id:2001.04438", TwoPass)]
    [InlineData("author:\"Marat Dukhan\"", TwoPass)]
    [InlineData("author:\"Dukhan Marat\"", TwoPass)]
    [InlineData("dukhan softmax", TwoPass)]
    [InlineData("cat:cs.PF", TwoPass)]
    [InlineData("keyword:\"memory bandwidth\"", TwoPass)]
    [InlineData("müller", "Generalization in Overparameterized Networks")]
    [InlineData("Muller", "Generalization in Overparameterized Networks")]
    [InlineData("lovborg", "Learning Rates of $\\mathcal{O}(1/n^2)$ for Ridge Regression")]
    [InlineData("C++", "Fast Kernels in C++")]
    [InlineData("语音识别", "深度学习与语音识别")]
    [InlineData("учителя", "Обучение без учителя")]
    [InlineData("author:\"Kenji Ito\"", "Being Robust Is Not Enough")]
    [InlineData("venue:neurips", "Attention Is All One Needs")]
    [InlineData("year:2014 -noise", "Fast Kernels in C++")]
    [InlineData("“sparse pattern”", "Sparse Attention for Long Documents")]
    public async Task Finds_the_paper_first(string text, string title) => Assert.Equal(title, (await TitlesAsync(text))[0]);

    [Theory]
    [InlineData("\"to be or not to be\"", "To Be or Not to Be Robust")]
    [InlineData("title:robust -title:\"to be\"", "Being Robust Is Not Enough")]
    [InlineData("attention -author:okafor", "Linear Attention Revisited")]
    [InlineData("attention NOT author:okafor", "Linear Attention Revisited")]
    [InlineData("attention cat:cs.PF OR keyword:\"long documents\"", "Sparse Attention for Long Documents")]
    [InlineData("attention year:>2020", "Linear Attention Revisited")]
    [InlineData("attention year:2021-2020 -sparse", "Linear Attention Revisited")]
    [InlineData("attention year:..2018", "Attention Is All One Needs")]
    [InlineData("author:\"M. Dukhan\" softmax", TwoPass)]
    [InlineData("generalizat*", "Generalization in Overparameterized Networks")]
    [InlineData("cat:stat generalization", "Generalization in Overparameterized Networks")]
    public async Task Finds_only_the_paper(string text, string title) => Assert.Equal([title], await TitlesAsync(text));

    [Fact]
    public async Task Hyphens_match_words_apart_and_written_as_one()
    {
        Assert.Equal([TwopassScheme, TwoPass], (await TitlesAsync("two-pass")).Order());
        Assert.Equal([TwopassScheme, TwoPass], (await TitlesAsync("twopass")).Order());
        Assert.Contains(TwoPass, await TitlesAsync("\"two pass\""));
        Assert.DoesNotContain("Passing Two Messages at Once", await TitlesAsync("two-pass"));
    }

    [Fact]
    public async Task An_initial_finds_every_name_it_begins_and_a_name_only_its_own()
    {
        Assert.Equal([TwopassScheme, TwoPass], (await TitlesAsync("author:\"M Dukhan\"")).Order());
        Assert.Equal([TwopassScheme], await TitlesAsync("author:\"Maria Dukhan\""));
        Assert.Empty(await TitlesAsync("author:\"Marat Ablavatski\""));
    }

    [Fact]
    public async Task Words_of_mathematics_are_found_without_their_markup()
    {
        var title = Assert.Single(await TitlesAsync("ridge regression"));
        var results = await SearchAsync(new SearchRequest { Text = "ridge penalties" });
        Assert.Contains("mathcal", title, StringComparison.Ordinal);
        Assert.DoesNotContain("mathcal", results.Hits[0].Title.Text, StringComparison.Ordinal);
        Assert.Empty(await TitlesAsync("mathcal"));
    }

    [Fact]
    public async Task Or_takes_either_and_binds_to_its_neighbours()
    {
        Assert.Equal(["A General Theory of Tables", "Fast Kernels in C++"], (await TitlesAsync("tables OR c++ ")).Order());
        Assert.Equal(["Fast Kernels in C++"], await TitlesAsync("tables OR kernels hand "));
    }

    [Fact]
    public async Task When_no_paper_has_all_words_those_with_most_are_shown_and_said()
    {
        var results = await SearchAsync(new SearchRequest { Text = "softmax passes zebrafish" });
        Assert.Equal(TwoPass, results.Hits[0].Paper.Title);
        Assert.Contains("most of them", results.Problem, StringComparison.Ordinal);
        Assert.Empty((await SearchAsync(new SearchRequest { Text = "zebrafish " })).Hits);
    }

    [Theory]
    [InlineData("\"two pass", "never closed")]
    [InlineData("softmax year:soon", "year:2023")]
    [InlineData("!!! ???", "no word")]
    [InlineData("author:*** softmax", "author:")]
    public async Task Says_what_was_not_understood(string text, string expected) =>
        Assert.Contains(expected, (await SearchAsync(new SearchRequest { Text = text })).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task An_overlong_query_is_cut_and_said()
    {
        var results = await SearchAsync(new SearchRequest { Text = "softmax " + string.Concat(Enumerable.Repeat("softmax ", 200)) });
        Assert.Equal(TwoPass, results.Hits[0].Paper.Title);
        Assert.Contains("1,608 characters", results.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_words_alone_are_searched_and_otherwise_asked_of_no_paper()
    {
        Assert.Contains("To Be or Not to Be Robust", await TitlesAsync("to be or not to be"));
        Assert.Null((await SearchAsync(new SearchRequest { Text = "what is the softmax" })).Problem);
    }

    [Fact]
    public async Task Filters_narrow_the_result()
    {
        Assert.Equal(3, (await SearchAsync(new SearchRequest { Keyword = "Attention" })).Total);
        Assert.Equal(2, (await SearchAsync(new SearchRequest { Category = "cs.lg" })).Total);
        Assert.Equal(3, (await SearchAsync(new SearchRequest { Category = "cs" })).Total);
        Assert.Equal(["Linear Attention Revisited"], await TitlesAsync(new SearchRequest { Text = "attention", HasCode = true }));
        Assert.Equal(["Sparse Attention for Long Documents"], await TitlesAsync(new SearchRequest { Text = "attention", From = new DateOnly(2018, 1, 1), To = new DateOnly(2020, 12, 31) }));
    }

    [Fact]
    public async Task A_reproduction_counts_from_the_moment_its_run_is_stored()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        await SearchFixture.StoreAsync(papers, SearchFixture.Collection());
        await papers.Get<IndexCatchUp>().RunAsync(null, token);
        var request = new SearchRequest { Text = "softmax", HasReproduction = true };
        Assert.Equal(0, (await papers.Get<PaperSearch>().SearchAsync(request, token)).Total);

        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        db.ReproductionRuns.Add(new ReproductionRun { LabSlug = "two-pass-softmax", Mode = "quick", Verdict = "reproduced", ContentHash = "0", ResultJson = "{}" });
        await db.SaveChangesAsync(token);
        Assert.Equal(TwoPass, Assert.Single((await papers.Get<PaperSearch>().SearchAsync(request, token)).Hits).Paper.Title);
    }

    [Fact]
    public async Task Sorts_by_date_and_by_upvotes_with_ties_newest_first()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var stored = await SearchFixture.StoreAsync(papers, [.. Enumerable.Range(0, 5).Select(i => SearchFixture.Record($"Paper {i} on noise", year: 2010 + i))]);
        await SearchFixture.SetUpvotesAsync(papers, stored[1].Id, 7);
        await papers.Get<IndexCatchUp>().RunAsync(null, token);

        async Task<string> OrderAsync(SearchSort sort) => string.Concat(
            (await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "noise", Sort = sort }, token)).Hits.Select(h => h.Paper.Title[6]));
        Assert.Equal("43210", await OrderAsync(SearchSort.Newest));
        Assert.Equal("01234", await OrderAsync(SearchSort.Oldest));
        Assert.Equal("14320", await OrderAsync(SearchSort.Upvotes));
        Assert.Equal("43210", await OrderAsync(SearchSort.Relevance));
    }

    [Fact]
    public async Task An_empty_query_lists_everything_newest_first()
    {
        var results = await SearchAsync(new SearchRequest { PageSize = 100 });
        Assert.Equal(SearchFixture.Collection().Count, results.Total);
        Assert.Equal(results.Hits.Select(h => h.Paper.Published).OrderDescending(), results.Hits.Select(h => h.Paper.Published));
        Assert.Null(results.Problem);
    }

    [Theory]
    [InlineData(0, 20, "numbered from 1")]
    [InlineData(1, 1000, "1 to 100 hits")]
    [InlineData(501, 20, "10,000")]
    [InlineData(int.MaxValue, 100, "10,000")]
    public async Task Impossible_pages_are_said(int page, int size, string expected) => Assert.Contains(
        expected, (await SearchAsync(new SearchRequest { Text = "noise", Page = page, PageSize = size })).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task Similar_papers_are_those_on_the_same_subject_and_never_the_paper_itself()
    {
        var paper = (await SearchAsync(new SearchRequest { Text = "\"sparse attention\"" })).Hits[0].Paper;
        var similar = await fixture.Search.SimilarAsync(paper.Id, 2, TestContext.Current.CancellationToken);
        Assert.Equal(["Attention Is All One Needs", "Linear Attention Revisited"], similar.Select(p => p.Title).Order());
        Assert.Empty(await fixture.Search.SimilarAsync(4711, 5, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_title_word_weighs_more_than_an_abstract_word() =>
        Assert.Equal(TwoPass, (await TitlesAsync("softmax "))[0]);

    private async Task<SearchResults> SearchAsync(SearchRequest request) =>
        await fixture.Search.SearchAsync(request, TestContext.Current.CancellationToken);

    private async Task<List<string>> TitlesAsync(SearchRequest request) => (await SearchAsync(request)).Hits.Select(h => h.Paper.Title).ToList();

    private Task<IReadOnlyList<string>> TitlesAsync(string text) => SearchFixture.TitlesAsync(fixture.Papers, text);
}
