using System.Text.Json;
using DailyPapers.Search.Embedding;

namespace DailyPapers.Tests.Search.Embedding;

/// <summary>After the settings name another model, the vectors of the earlier one stay searchable by it.</summary>
public class ReopeningTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_earlier_model_is_opened_again_from_its_record()
    {
        await using var server = await EmbeddingServer.StartAsync();
        var record = await RecordAsync(server, ("DocumentPrefix", "doc: "), ("ApiKey", "secret"));
        Assert.DoesNotContain("secret", JsonSerializer.Serialize(record), StringComparison.Ordinal);

        await using var papers = new ConfiguredModels(("Kind", "none"));
        using var model = await papers.Models.ReopenAsync(Reread(record), Cancelled);
        Assert.NotNull(model);
        Assert.Equal(record.Id, model.Id);
        Assert.Equal("doc: ", model.DocumentPrefix);
        Assert.Equal("", server.Requests.Last().Authorization);
    }

    [Fact]
    public async Task The_configured_key_goes_with_the_record_to_the_configured_endpoint()
    {
        await using var server = await EmbeddingServer.StartAsync();
        var record = await RecordAsync(server, ("ApiKey", "old"));
        await using var papers = new ConfiguredModels(("Kind", "openai"), ("Endpoint", server.Endpoint), ("Model", "other"), ("ApiKey", "new"));
        using var model = await papers.Models.ReopenAsync(record, Cancelled);
        Assert.Equal(("m", "Bearer new"), (model!.Name, server.Requests.Last().Authorization));
    }

    [Fact]
    public async Task Another_model_under_the_same_name_is_noticed()
    {
        var swapped = false;
        await using var server = await EmbeddingServer.StartAsync((context, request, _) => EmbeddingServer.AnswerAsync(
            context, request.Input.Select((_, index) => new { index, embedding = EmbeddingServer.VectorOf(swapped ? new string('z', 500) : "a long sentence") })));
        var record = await RecordAsync(server);
        await using var papers = new ConfiguredModels(("Kind", "none"));
        var models = papers.Models;
        using (var same = await models.ReopenAsync(record, Cancelled))
            Assert.True(await same!.MadeAsync(record, Cancelled));
        swapped = true;
        Assert.Null(await models.ReopenAsync(record, Cancelled));
    }

    [Fact]
    public async Task A_model_of_a_kind_that_this_program_lacks_is_gone()
    {
        EmbeddingModelRecord record;
        await using (var with = new ConfiguredModels(new LettersKind(), ("Kind", "letters")))
        using (var model = await with.OpenAsync())
            record = await model.RecordAsync(Cancelled);
        await using var without = new ConfiguredModels(("Kind", "none"));
        Assert.Null(await without.Models.ReopenAsync(record, Cancelled));
    }

    [Fact]
    public async Task An_endpoint_that_is_down_is_no_reason_to_forget_its_vectors()
    {
        EmbeddingModelRecord record;
        await using (var server = await EmbeddingServer.StartAsync())
            record = await RecordAsync(server, ("Retries", "0"));
        await using var papers = new ConfiguredModels(("Kind", "none"));
        var error = await Assert.ThrowsAsync<EmbeddingException>(() => papers.Models.ReopenAsync(record, Cancelled));
        Assert.True(error.IsTransient);
    }

    private static async Task<EmbeddingModelRecord> RecordAsync(EmbeddingServer server, params IEnumerable<(string, string?)> settings)
    {
        await using var papers = new ConfiguredModels([("Kind", "openai"), ("Endpoint", server.Endpoint), ("Model", "m"), .. settings]);
        using var model = await papers.OpenAsync();
        return await model.RecordAsync(Cancelled);
    }

    private static EmbeddingModelRecord Reread(EmbeddingModelRecord record) =>
        JsonSerializer.Deserialize<EmbeddingModelRecord>(JsonSerializer.Serialize(record))!;

    private sealed class LettersKind : IEmbeddingKind
    {
        public string Name => "letters";

        public IEnumerable<string> Problems(EmbeddingOptions options) => [];

        public Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken) => Task.FromResult(new EmbeddingModel(
            new FixedGenerator(text => [text.Length, 1]),
            new EmbeddingModelDescription { Kind = Name, Name = "Letters", Fingerprint = "1", Dimensions = 2 }));
    }
}
