using System.Text.Json;
using DailyPapers.Papers;
using DailyPapers.Search.Embedding;
using DailyPapers.TestSupport;
using Microsoft.Extensions.AI;

namespace DailyPapers.Web.Tests.Hosting;

public sealed class MeaningProgressTests
{
    private const string Reason = "The model at http://10.1.2.3/v1 is asleep.";

    [Fact]
    public async Task Health_and_the_search_page_say_how_far_meaning_is_and_when_it_is_held_up()
    {
        using var kind = new GatedKind();
        await using var service = await RunningService.StartAsync(services =>
        {
            services.AddSingleton<IEmbeddingKind>(kind);
            services.Configure<EmbeddingOptions>(options => options.Kind = kind.Name);
        });
        using var reader = ServiceFixture.NewReader(service);
        using var http = new HttpClient { BaseAddress = service.Address };
        await SampleContent.AddAsync(service, TestContext.Current.CancellationToken);
        await EventuallyAsync(http, meaning => meaning.GetProperty("upToDate").GetBoolean());
        Assert.Equal("gated", (await MeaningAsync(http)).GetProperty("model").GetString());
        Assert.Null((await reader.PageAsync("/search?q=shelf")).QuerySelector("p.note[role=status]"));

        await service.Get<PaperIntake>().StoreAsync([.. Enumerable.Range(0, 400).Select(Gated)], cancellationToken: TestContext.Current.CancellationToken);
        await service.Get<Storage.ContentChanges>().NoticeAsync(TestContext.Current.CancellationToken);
        var building = await EventuallyAsync(http, meaning => meaning.GetProperty("total").ValueKind is JsonValueKind.Number);
        Assert.False(building.GetProperty("upToDate").GetBoolean());
        var (done, total) = (building.GetProperty("done").GetInt32(), building.GetProperty("total").GetInt32());
        Assert.InRange(done, 1, total - 257);
        Assert.Contains($"Meaning is being learnt: {done} of {total} papers so far.", await NoteAsync(reader), StringComparison.Ordinal);

        kind.Gate.SetException(new EmbeddingException(Reason, "Wake it."));
        var failed = await EventuallyAsync(http, meaning => meaning.GetProperty("error").ValueKind is JsonValueKind.String);
        Assert.Contains(Reason, failed.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains($"Meaning cannot be learnt at the moment, at {done} of {total} papers.", await NoteAsync(reader), StringComparison.Ordinal);
        // What stands behind the service is not everybody's business.
        using var outside = await reader.GetAsync("/healthz");
        var shown = await outside.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("the service\\u0027s log says why", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.2.3", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.2.3", await NoteAsync(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_vectors_there_is_nothing_to_say()
    {
        await using var service = await RunningService.StartAsync(services => services.Configure<EmbeddingOptions>(options => options.Kind = EmbeddingOptions.NoKind));
        using var http = new HttpClient { BaseAddress = service.Address };
        Assert.Equal(JsonValueKind.Null, (await MeaningAsync(http)).ValueKind);
    }

    private static async Task<string> NoteAsync(Reader reader) =>
        string.Concat((await reader.PageAsync("/search?q=shelf")).QuerySelectorAll("p.note[role=status]").Select(note => note.TextContent));

    private static async Task<JsonElement> EventuallyAsync(HttpClient http, Func<JsonElement, bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var meaning = await MeaningAsync(http);
            if (condition(meaning))
                return meaning;
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<JsonElement> MeaningAsync(HttpClient http)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken));
        return document.RootElement.GetProperty("meaning").Clone();
    }

    private static PaperRecord Gated(int number) => new()
    {
        Source = "jsonl",
        Title = $"Gated paper {number}",
        Authors = [new() { Name = "Ada Example" }],
        Published = new DateOnly(2025, 1, 1),
    };

    /// <summary>A model that waits before texts about gates, so that a test can look at what is shown meanwhile.</summary>
    private sealed class GatedKind : IEmbeddingKind, IEmbeddingGenerator<string, Embedding<float>>
    {
        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "gated";

        public IEnumerable<string> Problems(EmbeddingOptions options) => [];

        public Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken) => Task.FromResult(new EmbeddingModel(
            this, new EmbeddingModelDescription { Kind = Name, Name = Name, Fingerprint = Name, Dimensions = 64 }));

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var texts = values.ToList();
            if (texts.Any(text => text.Contains("Gated", StringComparison.Ordinal)))
                await Gate.Task.WaitAsync(cancellationToken);
            return new([.. texts.Select(_ => new Embedding<float>(Enumerable.Repeat(1f, 64).ToArray()))]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
