using System.Text.Json;
using DailyPapers.Embedding.Format;
using DailyPapers.Embedding.Text;
using DailyPapers.Search;
using DailyPapers.Search.Embedding;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using DailyPapers.Tests.Search.Embedding;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Tests.Search.Semantic;

public sealed class SemanticFaultTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("papers-meaning-").FullName;
    private readonly CollectedLog _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task An_upvote_embeds_nothing_and_another_text_does_also_after_a_restart()
    {
        var kind = new TopicKind("one");
        long cat;
        await using (var papers = await OpenAsync(kind))
        {
            cat = (await SearchFixture.StoreAsync(papers, [SearchFixture.Record("A Cat in the Lab"), SearchFixture.Record("A Boat in the Lab")]))[0].Id;
            await CatchUpAsync(papers);
            var before = kind.Embedded;
            await SearchFixture.SetUpvotesAsync(papers, cat, 7);
            await CatchUpAsync(papers);
            Assert.Equal(before, kind.Embedded);
            Assert.True((await papers.Get<PaperSearch>().StatusAsync(Cancelled)).Meaning!.IsUpToDate);
        }
        kind = new TopicKind("one");
        await using var again = await OpenAsync(kind);
        await SearchFixture.SetUpvotesAsync(again, cat, 8);
        await CatchUpAsync(again);
        Assert.Equal(0, kind.Embedded);

        await using (var db = await again.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Cancelled))
        {
            (await db.Papers.SingleAsync(p => p.Id == cat, Cancelled)).Title = "A Vessel in the Lab";
            await db.SaveChangesAsync(Cancelled);
        }
        await CatchUpAsync(again);
        Assert.Equal(1, kind.Embedded);
        Assert.Equal(["A Boat in the Lab", "A Vessel in the Lab"], (await TitlesAsync(again, "boat")).Order());
        Assert.Empty(await TitlesAsync(again, "feline"));
    }

    [Fact]
    public async Task A_search_keeps_its_model_and_vectors_when_the_next_model_takes_their_place()
    {
        var kind = new NamedModelKind();
        await using (var papers = await OpenAsync(kind, "one"))
            await FillAsync(papers, 3);
        var old = kind.Generators["one"];
        Assert.True(old.Disposed);

        await using var next = await OpenAsync(kind, "two");
        MeaningLease? lease = null;
        kind.Embedding = (model, _) =>
        {
            if (model == "two")
                lease ??= next.Get<SemanticIndex>().Acquire();
        };
        await CatchUpAsync(next);
        old = kind.Generators["one"];
        using (lease)
        {
            Assert.Equal("one", lease!.Model.Name);
            Assert.False(old.Disposed);
            var question = await lease.Model.EmbedQueryAsync("anything", Cancelled);
            Assert.Equal(3, lease.Vectors.Search(question, 5, exact: true, cancellationToken: Cancelled).Count);
            using var now = next.Get<SemanticIndex>().Acquire();
            Assert.Equal("two", now!.Model.Name);
        }
        Assert.True(old.Disposed);
        Assert.False(kind.Generators["two"].Disposed);
        Assert.Throws<ObjectDisposedException>(() => lease.Model);
    }

    [Fact]
    public void A_model_is_disposed_once_and_never_while_somebody_uses_it()
    {
        for (var round = 0; round < 200; round++)
        {
            var generator = new FixedGenerator(_ => [1]);
            var shared = new SharedModel(new EmbeddingModel(generator, new EmbeddingModelDescription { Kind = "x", Name = "x", Fingerprint = "x", Dimensions = 1 }));
            Parallel.For(0, 16, i =>
            {
                if (i == 8)
                    shared.Release();
                else if (shared.TryUse())
                {
                    Assert.False(generator.Disposed);
                    shared.Release();
                }
            });
            Assert.True(generator.Disposed);
            Assert.False(shared.TryUse());
        }
    }

    [Fact]
    public async Task The_next_model_takes_over_when_it_is_complete_and_until_then_also_across_a_restart_searches_use_the_old()
    {
        const int Count = 600;
        var allowed = int.MaxValue;
        var documents = 0;
        Func<Task>? meanwhile = null;
        await using var endpoint = await EmbeddingServer.StartAsync(async (context, request, _) =>
        {
            if (request.Model == "new" && request.Input[0].Contains("Study", StringComparison.Ordinal))
            {
                if (documents + request.Input.Count > allowed)
                {
                    await EmbeddingServer.RefuseAsync(context, 503, "busy");
                    return;
                }
                documents += request.Input.Count;
                if (meanwhile is { } once)
                {
                    meanwhile = null;
                    await once();
                }
            }
            await EmbeddingServer.AnswerAsync(context, request.Input.Select((text, index) => new { index, embedding = TopicOf(request.Model, text) }));
        });

        await using (var papers = await OpenAtAsync(endpoint, "old"))
        {
            await SearchFixture.StoreAsync(papers, [.. Enumerable.Range(0, Count).Select(i => SearchFixture.Record($"Study {i} of a {(i == 17 ? "vessel" : i == 18 ? "boat" : "desert")}"))]);
            await CatchUpAsync(papers);
        }

        allowed = 300;
        await using (var papers = await OpenAtAsync(endpoint, "new"))
        {
            Assert.Equal(CatchUpOutcome.Unavailable, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
            Assert.Equal(CatchUpOutcome.Unavailable, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
            var status = (await papers.Get<PaperSearch>().StatusAsync(Cancelled)).Meaning!;
            Assert.Equal(("old", "new", Count, false), (status.Model, status.NextModel, status.Papers, status.IsUpToDate));
            Assert.Equal(new IndexBuild(256, Count), status.Building);
            Assert.Contains("503", status.Error, StringComparison.Ordinal);
            Assert.Single(_log.Lines, line => line.Contains("Papers cannot be embedded", StringComparison.Ordinal));
            await AssertOldAnswersAsync(papers, endpoint);
            Assert.Equal(2, Directory.GetDirectories(papers.Directory.VectorsDirectory).Length);
        }

        allowed = int.MaxValue;
        documents = 0;
        await using (var papers = await OpenAtAsync(endpoint, "new"))
        {
            var wasAsked = false;
            meanwhile = async () =>
            {
                await AssertOldAnswersAsync(papers, endpoint);
                wasAsked = true;
            };
            Assert.Equal(CatchUpOutcome.Current, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
            Assert.True(wasAsked);
            // What was embedded before the restart was kept.
            Assert.Equal(Count - 256, documents);
            var status = (await papers.Get<PaperSearch>().StatusAsync(Cancelled)).Meaning!;
            Assert.Equal(new SemanticStatus("new", Count, true, null, null, null), status);
            Assert.Single(Directory.GetDirectories(papers.Directory.VectorsDirectory));
            Assert.Equal(2, (await TitlesAsync(papers, "boat")).Count);
            Assert.Equal("new", endpoint.Requests.Last().Model);
        }
    }

    [Fact]
    public async Task A_damaged_record_of_the_model_is_not_used_and_written_anew_without_embedding_again()
    {
        var kind = new TopicKind("one");
        await using (var papers = await OpenAsync(kind))
            await FillAsync(papers, 3);
        var folder = new VectorFolder(Assert.Single(Directory.GetDirectories(Path.Combine(_root, "vectors"))));
        var file = Path.Combine(folder.Path, "model.json");
        var whole = await File.ReadAllBytesAsync(file, Cancelled);
        var record = JsonSerializer.Serialize(folder.ReadRecord());
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(file, damaged, Cancelled);
            Assert.Contains(JsonSerializer.Serialize(folder.ReadRecord()), (string[])["null", record]);
        }
        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)], Cancelled);
        Assert.Null(folder.ReadRecord());

        kind = new TopicKind("one");
        await using var again = await OpenAsync(kind);
        await CatchUpAsync(again);
        Assert.Equal(record, JsonSerializer.Serialize(folder.ReadRecord()));
        // The sample in the record, and no paper.
        Assert.Equal(1, kind.Embedded);
        Assert.Contains("record of the embedding model", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_model_file_is_named_with_the_remedy_once_and_the_search_goes_on_by_words()
    {
        var file = Path.Combine(_root, "own.dpe");
        var stream = new MemoryStream();
        StaticEmbeddingModelWriter.Write(stream, new Vocabulary(["cat", "gradient"]), VectorsOfTwo(), [1, 1], new float[64], 1, 1);
        var whole = stream.ToArray();
        var broken = (byte[])whole.Clone();
        broken[^7] ^= 4;
        await File.WriteAllBytesAsync(file, broken, Cancelled);

        await using var papers = await TemporaryPapers.CreateAsync([new($"{EmbeddingOptions.Section}:Path", file)], Collecting, _root);
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("A Cat in the Lab")]);
        await papers.Get<IndexCatchUp>().RunAsync(null, Cancelled);
        for (var i = 0; i < 3; i++)
            Assert.Equal(CatchUpOutcome.Unavailable, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
        var said = Assert.Single(_log.Lines);
        Assert.All((string[])[file, "does not match its checksum", "Search:Embedding:Path"], part => Assert.Contains(part, said, StringComparison.Ordinal));
        Assert.Contains(file, (await papers.Get<PaperSearch>().StatusAsync(Cancelled)).Meaning!.Error, StringComparison.Ordinal);
        Assert.Equal(["A Cat in the Lab"], (await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = "cat" }, Cancelled)).Hits.Select(hit => hit.Paper.Title));

        await File.WriteAllBytesAsync(file, whole, Cancelled);
        await CatchUpAsync(papers);
        Assert.Null((await papers.Get<PaperSearch>().StatusAsync(Cancelled)).Meaning!.Error);
        Assert.Single(await TitlesAsync(papers, "cat"));
    }

    [Fact]
    public async Task A_model_that_gives_up_by_itself_is_a_failure_like_any_other()
    {
        var kind = new NamedModelKind { Embedding = (_, _) => throw new TaskCanceledException("The model gave up.") };
        await using var papers = await OpenAsync(kind, "one");
        await SearchFixture.StoreAsync(papers, [SearchFixture.Record("A Cat in the Lab")]);
        Assert.Equal(CatchUpOutcome.Unavailable, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
        kind.Embedding = null;
        await CatchUpAsync(papers);
        Assert.Equal(1, papers.Get<SemanticIndex>().Count);
    }

    [Fact]
    public async Task A_process_that_reads_along_opens_its_model_once_and_searches_the_old_vectors_until_the_new_are_complete()
    {
        var kind = new NamedModelKind();
        await using (var papers = await OpenAsync(kind, "one"))
            await FillAsync(papers, 3);
        await using var writer = await OpenAsync(kind, "two");
        var readers = new NamedModelKind();
        await using var reader = await OpenAsync(readers, "two");
        var opened = new List<FixedGenerator>();
        kind.Embedding = (model, _) =>
        {
            if (model != "two" || opened.Count > 0)
                return;
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(CatchUpOutcome.WrittenElsewhere, reader.Get<SemanticIndex>().AdvanceAsync(null, Cancelled).GetAwaiter().GetResult());
                opened.Add(readers.Generators["two"]);
            }
            using var lease = reader.Get<SemanticIndex>().Acquire();
            Assert.Equal("one", lease!.Model.Name);
        };
        await CatchUpAsync(writer);
        Assert.Equal(3, opened.Count);
        Assert.Single(opened.Distinct());
        Assert.Equal(CatchUpOutcome.WrittenElsewhere, await reader.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
        using var now = reader.Get<SemanticIndex>().Acquire();
        Assert.Equal("two", now!.Model.Name);
        Assert.True(readers.Generators["one"].Disposed);
    }

    private static async Task AssertOldAnswersAsync(TemporaryPapers papers, EmbeddingServer endpoint)
    {
        Assert.Equal(["Study 17 of a vessel", "Study 18 of a boat"], (await TitlesAsync(papers, "boat")).Order());
        Assert.Equal("old", endpoint.Requests.Last().Model);
    }

    // The new model's space is another: a vector of the one among those of the other finds nothing.
    private static float[] TopicOf(string model, string text)
    {
        var vector = new float[64];
        vector[(model == "new" ? 32 : 0) + (text.Contains("vessel", StringComparison.Ordinal) || text.Contains("boat", StringComparison.Ordinal) ? 1 : 2)] = 1;
        return vector;
    }

    private static float[] VectorsOfTwo()
    {
        var vectors = new float[2 * 64];
        vectors[0] = vectors[64 + 1] = 1;
        return vectors;
    }

    private void Collecting(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(_log);

    private Task<TemporaryPapers> OpenAsync(IEmbeddingKind kind, string? model = null) => TemporaryPapers.CreateAsync(
        [new($"{EmbeddingOptions.Section}:Kind", kind.Name), new($"{EmbeddingOptions.Section}:Model", model)],
        services =>
        {
            services.AddSingleton(kind);
            Collecting(services);
        },
        _root);

    private Task<TemporaryPapers> OpenAtAsync(EmbeddingServer endpoint, string model) => TemporaryPapers.CreateAsync(
        [
            new($"{EmbeddingOptions.Section}:Kind", "openai"), new($"{EmbeddingOptions.Section}:Endpoint", endpoint.Endpoint),
            new($"{EmbeddingOptions.Section}:Model", model), new($"{EmbeddingOptions.Section}:Retries", "0"),
        ],
        Collecting,
        _root);

    private static async Task FillAsync(TemporaryPapers papers, int count)
    {
        await SearchFixture.StoreAsync(papers, [.. Enumerable.Range(0, count).Select(i => SearchFixture.Record($"A Cat {new string('x', i)} in the Lab"))]);
        await CatchUpAsync(papers);
    }

    private static async Task CatchUpAsync(TemporaryPapers papers)
    {
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<IndexCatchUp>().RunAsync(null, Cancelled));
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<SemanticIndex>().AdvanceAsync(null, Cancelled));
    }

    private static async Task<IReadOnlyList<string>> TitlesAsync(TemporaryPapers papers, string text) =>
        (await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = text, Mode = SearchMode.Semantic }, Cancelled)).Hits.Select(hit => hit.Paper.Title).ToList();
}
