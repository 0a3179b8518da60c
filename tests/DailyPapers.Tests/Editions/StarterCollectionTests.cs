using DailyPapers.Editions;
using DailyPapers.Editions.Starter;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Editions;

public class StarterCollectionTests
{
    [Fact]
    public async Task It_is_the_edition_of_13_August_2025_and_loading_again_changes_nothing()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(61, await papers.Get<StarterCollection>().LoadAsync(token));
        var loaded = await papers.Get<ContentChanges>().NoticeAsync(token);
        Assert.Equal(0, await papers.Get<StarterCollection>().LoadAsync(token));
        Assert.Equal(loaded, await papers.Get<ContentChanges>().NoticeAsync(token));

        var edition = await papers.Get<EditionReader>().ReadAsync(Period.Day(new DateOnly(2025, 8, 13)), token);
        Assert.Equal(61, edition.Papers.Select(p => p.Paper.Key).Distinct().Count());
        Assert.All(edition.Papers, listed =>
        {
            var paper = listed.Paper;
            Assert.Null(PaperRecordRules.FirstProblem(new PaperRecord { Source = "starter", Title = paper.Title, Authors = paper.Authors, Summary = paper.Summary, CodeUrl = paper.CodeUrl, ProjectUrl = paper.ProjectUrl }));
            Assert.True(ArxivId.TryParse(paper.ArxivId, out var id));
            Assert.Equal((id.IssuedMonth.Year, id.IssuedMonth.Month), (paper.Published.Year, paper.Published.Month));
            Assert.InRange(paper.Summary!.Length, 150, 1200);
            Assert.InRange(paper.Keywords.Count, 3, 10);
            Assert.NotEmpty(paper.Authors);
            Assert.NotNull(paper.Topic);
        });
    }

    [Fact]
    public async Task No_summary_repeats_seven_words_of_its_abstract()
    {
        var abstracts = ReferenceFiles.FindOrSkip("corpus/starter-abstracts.jsonl");
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        await papers.Get<StarterCollection>().LoadAsync(token);
        var edition = await papers.Get<EditionReader>().ReadAsync(Period.Day(new DateOnly(2025, 8, 13)), token);
        var known = (await File.ReadAllLinesAsync(abstracts, token))
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("abstract").GetString()!)
            .SelectMany(SevenWords)
            .ToHashSet();
        Assert.All(edition.Papers, listed => Assert.DoesNotContain(SevenWords(listed.Paper.Summary!), known.Contains));
    }

    private static IEnumerable<string> SevenWords(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '\n', ',', '.', ';', ':', '(', ')', '"'], StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, Math.Max(words.Length - 6, 0)).Select(i => string.Join(' ', words[i..(i + 7)]));
    }
}
