using DailyPapers.Search;
using DailyPapers.Search.Embedding;
using DailyPapers.Search.Semantic;
using DailyPapers.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Search.Semantic;

public sealed class SemanticIndexTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "papers-test-" + Guid.NewGuid().ToString("N"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_paper_is_found_by_meaning_without_any_of_the_words_and_words_alone_do_not_find_it()
    {
        await using var papers = await OpenAsync(new TopicKind("one"));
        await FillAsync(papers);
        Assert.Equal(["A Cat in the Lab"], await TitlesAsync(papers, "feline", SearchMode.Hybrid));
        Assert.Equal(["A Cat in the Lab"], await TitlesAsync(papers, "feline", SearchMode.Semantic));
        Assert.Empty(await TitlesAsync(papers, "feline", SearchMode.Lexical));
    }

    [Fact]
    public async Task What_the_query_excludes_and_the_filters_hold_for_meaning_too()
    {
        await using var papers = await OpenAsync(new TopicKind("one"));
        await FillAsync(papers);
        Assert.Empty(await TitlesAsync(papers, "feline -lab", SearchMode.Hybrid));
        var request = new SearchRequest { Text = "feline", From = new DateOnly(2022, 1, 1) };
        Assert.Empty((await papers.Get<PaperSearch>().SearchAsync(request, Cancelled)).Hits);
        Assert.Single((await papers.Get<PaperSearch>().SearchAsync(request with { From = new DateOnly(2021, 1, 1) }, Cancelled)).Hits);
    }

    [Fact]
    public async Task Vectors_outlive_the_process_and_only_what_is_new_is_embedded()
    {
        await using (var papers = await OpenAsync(new TopicKind("one")))
            await FillAsync(papers);
        var kind = new TopicKind("one");
        await using var again = await OpenAsync(kind);
        await SearchFixture.StoreAsync(again, [SearchFixture.Record("A Vessel at Sea")]);
        await CatchUpAsync(again);
        // The new paper, and nothing more: the sample in the record of the model was kept.
        Assert.Equal(1, kind.Embedded);
        Assert.Contains("A Vessel at Sea", await TitlesAsync(again, "boat", SearchMode.Semantic));
    }

    [Fact]
    public async Task Another_model_embeds_everything_anew_and_the_old_vectors_go_when_it_is_done()
    {
        await using (var papers = await OpenAsync(new TopicKind("one")))
            await FillAsync(papers);
        var kind = new TopicKind("another");
        await using var changed = await OpenAsync(kind);
        await CatchUpAsync(changed);
        Assert.True(kind.Embedded >= 3);
        Assert.Single(Directory.GetDirectories(changed.Directory.VectorsDirectory));
        Assert.Equal(["A Cat in the Lab"], await TitlesAsync(changed, "feline", SearchMode.Semantic));
    }

    [Fact]
    public async Task A_model_that_does_not_answer_leaves_the_search_by_words()
    {
        var kind = new TopicKind("one");
        await using var papers = await OpenAsync(kind);
        await FillAsync(papers);
        kind.Fails = true;
        var results = await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "cat" }, Cancelled);
        Assert.Equal(["A Cat in the Lab"], results.Hits.Select(hit => hit.Paper.Title));
        Assert.Equal(SearchMode.Lexical, results.Mode);
        Assert.Contains("does not answer", results.Problem, StringComparison.Ordinal);
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("Another Feline")]);
        Assert.Equal(CatchUpOutcome.Unavailable, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
        kind.Fails = false;
        await CatchUpAsync(papers);
        Assert.Contains("Another Feline", await TitlesAsync(papers, "cat", SearchMode.Semantic));
    }

    [Fact]
    public async Task Damaged_vectors_are_made_anew()
    {
        string folder;
        await using (var papers = await OpenAsync(new TopicKind("one")))
        {
            await FillAsync(papers);
            folder = papers.Directory.VectorsDirectory;
        }
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 100))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancelled);
            bytes[^1] ^= 0x10;
            bytes[bytes.Length / 3] ^= 0x04;
            await File.WriteAllBytesAsync(file, bytes, Cancelled);
        }
        await using var again = await OpenAsync(new TopicKind("one"));
        await CatchUpAsync(again);
        Assert.Equal(["A Cat in the Lab"], await TitlesAsync(again, "feline", SearchMode.Semantic));
        // The third is about neither topic: it has no vector.
        Assert.Equal(2, again.Get<SemanticIndex>().Count);
    }

    [Fact]
    public async Task Matches_are_counted_by_what_they_can_be_narrowed_to()
    {
        await using var papers = await OpenAsync(new TopicKind("one"));
        await FillAsync(papers);
        var results = await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "lab", WithFacets = true }, Cancelled);
        Assert.Equal(results.Total, results.Facets!.Years.Sum(year => year.Count));
        Assert.Contains(new FacetCount("2021", 2), results.Facets.Years);
        Assert.Equal([new FacetCount("Journal of Labs", 1)], results.Facets.Venues);
        var narrowed = await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "lab", Venue = "Journal of Labs" }, Cancelled);
        Assert.Equal("A Boat in the Lab", Assert.Single(narrowed.Hits).Paper.Title);
    }

    private Task<TemporaryPapers> OpenAsync(TopicKind kind) => TemporaryPapers.CreateAsync(
        [new($"{EmbeddingOptions.Section}:Kind", kind.Name)], services => services.AddSingleton<IEmbeddingKind>(kind), _root);

    private static async Task FillAsync(TemporaryPapers papers)
    {
        await SearchFixture.StoreAsync(
            papers,
            [SearchFixture.Record("A Cat in the Lab"), SearchFixture.Record("A Boat in the Lab") with { Venue = "Journal of Labs" }, SearchFixture.Record("Something Else")]);
        await CatchUpAsync(papers);
    }

    private static async Task CatchUpAsync(TemporaryPapers papers)
    {
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<IndexCatchUp>().RunAsync(null, Cancelled));
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
    }

    private static async Task<IReadOnlyList<string>> TitlesAsync(TemporaryPapers papers, string text, SearchMode mode) =>
        (await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = text, Mode = mode }, Cancelled)).Hits.Select(hit => hit.Paper.Title).ToList();
}
