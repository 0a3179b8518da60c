using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Search.Suggesting;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Search.Suggesting;

public class PaperSuggestionsTests(SearchFixture fixture) : IClassFixture<SearchFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gen over net", "Generalization in Overparameterized Networks")]
    [InlineData("GENER", "Generalization in Overparameterized Networks")]
    [InlineData("overparametirized", "Generalization in Overparameterized Networks")]
    [InlineData("genralization netwroks", "Generalization in Overparameterized Networks")]
    [InlineData("two pa", "The Two-Pass Softmax Algorithm")]
    [InlineData("twopass soft", "The Two-Pass Softmax Algorithm")]
    [InlineData("sfotmax", "The Two-Pass Softmax Algorithm")]
    [InlineData("zoftmax", "The Two-Pass Softmax Algorithm")]
    [InlineData("深度", "深度学习与语音识别")]
    [InlineData("обучен", "Обучение без учителя")]
    public async Task A_title_is_suggested_by_the_beginnings_of_its_words(string typed, string title) =>
        Assert.Equal(title, (await SuggestAsync(typed)).First(s => s.Kind is SuggestionKind.Paper).Text.Text);

    [Theory]
    [InlineData("marat d", "Marat Dukhan")]
    [InlineData("dukhan mar", "Marat Dukhan", "Maria Dukhan")]
    [InlineData("muller", "Ana Müller")]
    [InlineData("lovborg", "Søren Løvborg")]
    [InlineData("author:\"okaf", "Nia Okafor")]
    [InlineData("ablavatsky", "Artsiom Ablavatski")]
    public async Task People_are_suggested_by_either_name(string typed, params string[] names) =>
        Assert.Equal(names, (await SuggestAsync(typed)).Where(s => s.Kind is SuggestionKind.Author).Select(s => s.Text.Text));

    [Fact]
    public async Task Each_kind_counts_its_papers_and_marks_what_was_typed()
    {
        var suggestions = await SuggestAsync("atten");
        var keyword = suggestions.Single(s => s.Kind is SuggestionKind.Keyword);
        Assert.Equal(("attention", 3), (keyword.Text.Text, keyword.Papers));
        Assert.Equal([(0, 5)], keyword.Text.Marks);
        var words = suggestions.Single(s => s.Kind is SuggestionKind.Words);
        Assert.Equal(("attention", 3), (words.Text.Text, words.Papers));
        // Those whose title begins so come first.
        Assert.Equal("Attention Is All One Needs", suggestions.First(s => s.Kind is SuggestionKind.Paper).Text.Text);
        Assert.All(suggestions.Where(s => s.Kind is SuggestionKind.Paper), s => Assert.Equal("Atten", Assert.Single(Marked(s)), ignoreCase: true));
    }

    [Theory]
    [InlineData("gen over net", "Gen", "Over", "Net")]
    [InlineData("netwroks", "Networks")]
    public async Task Marks_are_the_beginnings_as_typed_and_whole_words_where_they_differ(string typed, params string[] marked) =>
        Assert.Equal(marked, Marked((await SuggestAsync(typed)).First(s => s.Kind is SuggestionKind.Paper)));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"two pass")]
    [InlineData("year:2020")]
    [InlineData("xyzzy plugh")]
    [InlineData("soq")]
    [InlineData("\uD835\0*-")]
    public async Task Nothing_is_suggested_where_nothing_fits(string typed) => Assert.Empty(await SuggestAsync(typed));

    [Fact]
    public async Task No_more_is_suggested_than_asked_for_and_always_the_same()
    {
        var few = await SuggestAsync("gr", 3);
        Assert.Equal(3, few.Count);
        Assert.Equal(few.Select(s => s.Text.Text), (await SuggestAsync("gr", 3)).Select(s => s.Text.Text));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SuggestAsync("gr", 0));
    }

    [Fact]
    public async Task Upvotes_then_recency_decide_between_equal_matches()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var stored = await SearchFixture.StoreAsync(
            papers, [SearchFixture.Record("Quokka study one", year: 2020), SearchFixture.Record("Quokka study two", year: 2022), SearchFixture.Record("Quokka study three", year: 2021)]);
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);
        Assert.Equal(["two", "three", "one"], await LastWordsAsync(papers));

        await SearchFixture.SetUpvotesAsync(papers, stored[0].Id, 100);
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);
        Assert.Equal(["one", "two", "three"], await LastWordsAsync(papers));
    }

    [Fact]
    public async Task What_a_paper_was_called_before_is_not_suggested_and_what_is_new_is()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        Assert.Empty(await papers.Get<PaperSuggestions>().SuggestAsync("quokka", 8, Token));
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("Old quokka", authors: "Ada Quokka") with { Arxiv = ArxivId.Parse("2001.00001v1") }]);
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);
        Assert.Equal(["Old quokka", "Ada Quokka"], await TextsAsync(papers, "quokka"));

        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("New quokka", authors: "Bea Quokka") with { Arxiv = ArxivId.Parse("2001.00001v2") }]);
        await papers.Get<IndexCatchUp>().RunAsync(null, Token);
        Assert.Equal(["New quokka", "Bea Quokka"], await TextsAsync(papers, "quokka"));
    }

    private Task<IReadOnlyList<Suggestion>> SuggestAsync(string typed, int limit = 8) => fixture.Papers.Get<PaperSuggestions>().SuggestAsync(typed, limit, Token);

    private static async Task<List<string>> TextsAsync(TemporaryPapers papers, string typed) =>
        (await papers.Get<PaperSuggestions>().SuggestAsync(typed, 8, Token)).Select(s => s.Text.Text).ToList();

    private static async Task<List<string>> LastWordsAsync(TemporaryPapers papers) =>
        (await papers.Get<PaperSuggestions>().SuggestAsync("quokka stud", 8, Token)).Where(s => s.Kind is SuggestionKind.Paper).Select(s => s.Text.Text.Split(' ')[^1]).ToList();

    private static IEnumerable<string> Marked(Suggestion suggestion) => suggestion.Text.Marks.Select(mark => suggestion.Text.Text.Substring(mark.Start, mark.Length));
}
