using CsCheck;
using DailyPapers.Search;

namespace DailyPapers.Tests.Search;

public class SearchPropertyTests(SearchFixture fixture) : IClassFixture<SearchFixture>
{
    private static readonly Gen<string> Piece = OneOf(
        "attention", "noise", "two-pass", "\"", "“", "-", "--", "OR", "NOT", "AND", "*", "a*", "(", ")", "[x", "\\", "^2", "~", "year:", "year:2", "year:2010-", "cat:",
        "cat:cs.LG", "author:", "author:\"", "title:", "id:", "keyword:*", "gradient", "softmax", "\uD835", "𝒪", "e\u0301", "的", "::", "a:b", "/.*/", "+", "&&", "||", "\0", "\u202E");

    private static readonly Gen<string> Query = Gen.OneOf(Gen.String, Piece).Array[0, 12]
        .Select(Gen.Bool, (parts, spaced) => string.Join(spaced ? " " : "", parts));

    [Fact]
    public async Task Every_text_is_a_query_and_every_mark_lies_in_its_text() => await Query.SampleAsync(
        async text =>
        {
            var results = await fixture.Search.SearchAsync(new SearchRequest { Text = text, PageSize = 100 }, TestContext.Current.CancellationToken);
            foreach (var hit in results.Hits)
            {
                AssertMarks(hit.Title);
                if (hit.Excerpt is { } excerpt)
                {
                    AssertMarks(excerpt);
                    Assert.NotEmpty(excerpt.Marks);
                    Assert.InRange(excerpt.Text.Length, 1, 400);
                }
            }
        },
        iter: 300, threads: 1);

    [Fact]
    public async Task Pages_partition_the_result() => await Gen.Select(
            OneOf("noise", "attention OR softmax", "gradient study", "", "2*"), Gen.Int[1, 15], Gen.Enum<SearchSort>())
        .SampleAsync(
            async (text, size, sort) =>
            {
                var request = new SearchRequest { Text = text, Sort = sort, PageSize = 100 };
                var whole = await fixture.Search.SearchAsync(request, TestContext.Current.CancellationToken);
                var paged = new List<long>();
                for (var page = 1; page <= (whole.Total + size - 1) / size; page++)
                {
                    var part = await fixture.Search.SearchAsync(request with { Page = page, PageSize = size }, TestContext.Current.CancellationToken);
                    Assert.Equal(whole.Total, part.Total);
                    paged.AddRange(part.Hits.Select(h => h.Paper.Id));
                }
                Assert.Equal(whole.Hits.Select(h => h.Paper.Id), paged);
            },
            iter: 30, threads: 1);

    [Fact]
    public async Task Marks_are_the_words_asked_for()
    {
        var results = await fixture.Search.SearchAsync(
            new SearchRequest { Text = "two-pass softmax \"third of the bandwidth\"" }, TestContext.Current.CancellationToken);
        var hit = Assert.Single(results.Hits);
        Assert.Equal(["Two-Pass", "Softmax"], MarkedWords(hit.Title));
        Assert.Equal(["Softmax", "third", "of", "the", "bandwidth"], MarkedWords(hit.Excerpt!));
    }

    [Fact]
    public async Task The_excerpt_is_the_passage_with_the_words()
    {
        await using var papers = await TestSupport.TemporaryPapers.CreateAsync();
        var filler = string.Concat(Enumerable.Repeat("Nothing to see in this sentence at all. ", 30));
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("A title", filler + "Here the quokka meets an axolotl. " + filler)]);
        await papers.Get<IndexCatchUp>().RunAsync(null, TestContext.Current.CancellationToken);
        var results = await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "axolotl quokka" }, TestContext.Current.CancellationToken);

        var excerpt = Assert.Single(results.Hits).Excerpt!;
        Assert.Equal(["quokka", "axolotl"], MarkedWords(excerpt));
        Assert.Contains("Here the quokka meets an axolotl.", excerpt.Text, StringComparison.Ordinal);
        Assert.StartsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.EndsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.InRange(excerpt.Text.Length, 180, 260);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static List<string> MarkedWords(MarkedText text) => text.Marks.Select(m => text.Text.Substring(m.Start, m.Length)).ToList();

    private static void AssertMarks(MarkedText text)
    {
        var end = -1;
        foreach (var (start, length) in text.Marks)
        {
            Assert.True(start > end && length > 0 && start + length <= text.Text.Length, $"Mark {start}+{length} after {end} in {text.Text.Length} characters");
            end = start + length - 1;
        }
    }
}
