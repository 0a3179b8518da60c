using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Search.Semantic;
using DailyPapers.Tests.Search.Embedding;
using DailyPapers.TestSupport;

namespace DailyPapers.EndToEnd.Tests;

public sealed partial class KilledIndexingTests
{
    private const int Papers = 2_500;
    private const int Dimensions = 64;

    private static readonly HttpClient Http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Kills the service at its nth request for vectors (one takes 64 papers), or as soon as the index has a part on the disk.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    [InlineData(38)]
    public async Task A_service_killed_while_it_indexes_and_embeds_finds_every_paper_after_a_restart(int? killAtRequest)
    {
        using var folder = new DataFolder();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endpoint = await EmbeddingServer.StartAsync(async (context, request, number) =>
        {
            if (number == killAtRequest)
            {
                reached.SetResult();
                // Never answered: whoever asked is about to die.
                await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }
            await EmbeddingServer.AnswerAsync(context, request.Input.Select((text, index) => new { index, embedding = VectorOf(text) }));
        });
        var settings = new Dictionary<string, string?>
        {
            ["Search:Embedding:Kind"] = "openai",
            ["Search:Embedding:Endpoint"] = endpoint.Endpoint,
            ["Search:Embedding:Model"] = "numbers",
        };
        await using (var papers = await TemporaryPapers.CreateAsync(root: folder.Path))
            await papers.Get<PaperIntake>().StoreAsync([.. Enumerable.Range(0, Papers).Select(Record)], cancellationToken: Cancelled);

        var (first, _) = await PapersProcess.ServeAsync(folder.Path, settings);
        await using (first)
        {
            if (killAtRequest is null)
                await Eventually.TrueAsync(() => Task.FromResult(Directory.Exists(folder.File("index")) && Directory.EnumerateFiles(folder.File("index"), "_*").Any()));
            else
                await reached.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
            await first.KillAsync();
        }
        await ServeUntilCompleteAsync(folder, settings);
        await AssertEveryPaperIsFoundAsync(folder, settings, endpoint);
    }

    private static async Task ServeUntilCompleteAsync(DataFolder folder, Dictionary<string, string?> settings)
    {
        var (service, url) = await PapersProcess.ServeAsync(folder.Path, settings);
        await using (service)
        {
            await Eventually.TrueAsync(async () =>
            {
                using var health = JsonDocument.Parse(await Http.GetStringAsync(new Uri(url, "/healthz"), Cancelled));
                var (stored, words, meaning) = (health.RootElement.GetProperty("papers").GetInt32(), health.RootElement.GetProperty("index"), health.RootElement.GetProperty("meaning"));
                return words.GetProperty("upToDate").GetBoolean() && words.GetProperty("papers").GetInt32() == stored
                    && meaning.GetProperty("upToDate").GetBoolean() && meaning.GetProperty("papers").GetInt32() == stored;
            });
            // What is durable must be complete as well: this one is killed too.
            await service.KillAsync();
        }
    }

    private static async Task AssertEveryPaperIsFoundAsync(DataFolder folder, Dictionary<string, string?> settings, EmbeddingServer endpoint)
    {
        await using var papers = await TemporaryPapers.CreateAsync(settings, root: folder.Path);
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<IndexCatchUp>().RunAsync(null, Cancelled));
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
        var search = papers.Get<PaperSearch>();

        var found = new HashSet<string>();
        for (var page = 1; page <= Papers / 100; page++)
        {
            var results = await search.SearchAsync(new SearchRequest { Text = "synthetic aquarium", Mode = SearchMode.Lexical, Page = page, PageSize = 100 }, Cancelled);
            Assert.Equal(Papers, results.Total);
            Assert.All(results.Hits, hit => Assert.True(found.Add(hit.Paper.Title), hit.Paper.Title + " was found twice"));
        }
        Assert.Equal(Enumerable.Range(0, Papers).Select(Title).Order(), found.Order());

        Assert.Equal((await search.StatusAsync(Cancelled)).Documents, papers.Get<SemanticIndex>().Count);
        for (var number = 0; number < Papers; number += 19)
        {
            var results = await search.SearchAsync(new SearchRequest { Text = $"zebrafish{number}", Mode = SearchMode.Semantic }, Cancelled);
            Assert.Equal(Title(number), results.Hits[0].Paper.Title);
            Assert.Equal(SearchMode.Semantic, results.Mode);
            Assert.Equal(1, (await search.SearchAsync(new SearchRequest { Text = $"zebrafish{number} ", Mode = SearchMode.Lexical }, Cancelled)).Total);
        }
        Assert.NotEmpty(endpoint.Requests);
    }

    private static PaperRecord Record(int number) => new()
    {
        Source = "jsonl",
        Title = Title(number),
        Abstract = "Kept in a synthetic aquarium.",
        Authors = [new() { Name = "Ada Author" }],
        Published = new DateOnly(2000 + (number % 25), 1, 1),
    };

    private static string Title(int number) => $"Paper on zebrafish{number}";

    /// <summary>The same for a paper and for the query with its number; far from all others.</summary>
    private static float[] VectorOf(string text)
    {
        var random = new Random(Number().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : Papers + text.Length);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    [GeneratedRegex("zebrafish([0-9]+)")]
    private static partial Regex Number();
}
