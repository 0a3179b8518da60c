using CsCheck;
using DailyPapers.Search;
using DailyPapers.Search.Semantic;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Search;

public sealed class HostileQueryTests(HostileQueryTests.Searchable fixture) : IClassFixture<HostileQueryTests.Searchable>
{
    private static readonly Gen<string> Piece = OneOf(
        "attention", "the", "of", ".*[a-z]+(?:x)\\1{3,}", "title:(", "\"", "“", " AND NOT ", "( [* TO ", "~2", "^9", "((((", "))))", "\0", "\u0007", "\uD800", "\uDC00", "\uFFFF",
        "深度学习", "обучение", "التعلم العميق", "गहन शिक्षण", "🧠", "👩‍🔬", "\u202E", "\u200B", "a*", "*", "-", "--", "year:2020-", "cat:", "id:", "OR", "é", "e\u0301\u0301\u0301", "ﬁ", "Ⅷ", "x²");

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String, Piece, Piece).Array[0, 40]
        .Select(OneOf("", " ", "\t"), (parts, between) => string.Join(between, parts));

    public static TheoryData<string, string> Queries { get; } = new()
    {
        { "stop words alone", "the of and" },
        { "Chinese", "深度学习 语音识别" },
        { "Arabic", "التعلم العميق" },
        { "Cyrillic", "обучение без учителя" },
        { "Hindi", "गहन शिक्षण" },
        { "emoji", "🧠👩‍🔬🇩🇪 🔥" },
        { "a regular expression", ".*[a-z]+(?:x)\\1{3,}" },
        { "Lucene's syntax, broken", "title:(\" AND NOT ( [* TO" },
        { "open quotes", "\"attention \"is all" },
        { "controls", "att\0ention\u0001 \u001B[2J noise\u007F" },
        { "lone surrogates", "\uD800attention \uDC00 \uD83D" },
        { "many words", string.Join(' ', Enumerable.Range(0, 5_000).Select(i => "word" + i)) },
        { "deep parentheses", new string('(', 10_000) + "noise" + new string(')', 10_000) },
        { "a megabyte of one word", new string('a', 1 << 20) },
        { "a megabyte of words", string.Concat(Enumerable.Repeat("gradient noise ", 1 << 16)) },
        { "a megabyte of quotes", new string('"', 1 << 20) },
        { "a megabyte of a surrogate's half", new string('\uD83D', 1 << 20) },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task It_is_answered_by_words_by_meaning_and_by_both(string what, string text)
    {
        foreach (var mode in Enum.GetValues<SearchMode>())
        {
            var results = await SearchAsync(new SearchRequest { Text = text, Mode = mode, WithFacets = true, WithExplanations = true });
            Assert.True(results.Hits.Count <= results.Total, what);
            if (text.Length > SearchRequest.LongestText)
                Assert.Contains($"has {text.Length.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} characters; the first", results.Problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("深度学习", "深度学习与语音识别")]
    [InlineData("обучение учителя", "Обучение без учителя")]
    [InlineData("title:(\"two-pass", "The Two-Pass Softmax Algorithm")]
    [InlineData("  \u0001softmax\0 \uD800bandwidth ", "The Two-Pass Softmax Algorithm")]
    [InlineData("((((softmax)))) [bandwidth]", "The Two-Pass Softmax Algorithm")]
    public async Task What_is_meant_is_found_in_spite_of_what_surrounds_it(string text, string title) =>
        Assert.Equal(title, (await SearchAsync(new SearchRequest { Text = text })).Hits[0].Paper.Title);

    [Fact]
    public async Task Whatever_is_typed_and_chosen_is_answered() => await Gen.Select(Text, Gen.Enum<SearchMode>(), Gen.Enum<SearchSort>(), Gen.Bool)
        .SampleAsync(
            async (text, mode, sort, everything) =>
            {
                var request = new SearchRequest { Text = text, Mode = mode, Sort = sort, PageSize = 100, WithFacets = everything, WithExplanations = everything, Category = everything ? text : null };
                var results = await SearchAsync(request);
                Assert.True(results.Hits.Count <= results.Total);
                Assert.Equal(results.Hits.Select(hit => hit.Paper.Id).Distinct().Count(), results.Hits.Count);
                Assert.All(results.Hits, hit => Assert.True(float.IsFinite(hit.Score)));
            },
            iter: 200, threads: 1);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private Task<SearchResults> SearchAsync(SearchRequest request) => fixture.Search.SearchAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Papers with words and vectors, by the model that ships.</summary>
    public sealed class Searchable : IAsyncLifetime
    {
        private TemporaryPapers? _papers;

        public PaperSearch Search => _papers!.Get<PaperSearch>();

        public async ValueTask InitializeAsync()
        {
            _papers = await TemporaryPapers.CreateAsync();
            await SearchFixture.StoreAsync(_papers, SearchFixture.Collection());
            Assert.Equal(CatchUpOutcome.Current, await _papers.Get<IndexCatchUp>().RunAsync(null, CancellationToken.None));
            Assert.Equal(CatchUpOutcome.Current, await _papers.Get<SemanticIndex>().AdvanceAsync(null, CancellationToken.None));
        }

        public ValueTask DisposeAsync() => _papers!.DisposeAsync();
    }
}
