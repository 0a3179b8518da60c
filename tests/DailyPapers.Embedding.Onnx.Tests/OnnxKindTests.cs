using DailyPapers.Search.Embedding;
using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DailyPapers.Embedding.Onnx.Tests;

public class OnnxKindTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_settings_open_a_folder_with_the_prefixes_it_names()
    {
        using var bert = new TinyBert();
        bert.Write("config_sentence_transformers.json", """{"prompts":{"query":"query: ","passage":"passage: "}}""");
        await using var services = Services(("Kind", "onnx"), ("Path", bert.Folder));
        using var model = await services.GetRequiredService<EmbeddingModels>().OpenAsync(Cancelled);
        Assert.StartsWith("onnx-", model!.Id, StringComparison.Ordinal);
        Assert.Equal((TinyBert.Width, true, "query: ", "passage: "), (model.Dimensions, model.IsLocal, model.QueryPrefix, model.DocumentPrefix));
        Near.Equal(Unit(bert.Mean("query", ":", "net")), (await model.EmbedQueryAsync("net", Cancelled))!);
        Near.Equal(Unit(bert.Mean("passage", ":", "net")), (await model.EmbedDocumentsAsync(["net"], Cancelled))[0]!);
    }

    [Fact]
    public async Task Prefixes_in_the_settings_win_and_are_part_of_the_identity()
    {
        using var bert = new TinyBert();
        bert.Write("config_sentence_transformers.json", """{"prompts":{"query":"query: "}}""");
        await using var usual = Services(("Kind", "onnx"), ("Path", bert.Folder));
        await using var plain = Services(("Kind", "onnx"), ("Path", bert.Folder), ("QueryPrefix", ""));
        using var first = await usual.GetRequiredService<EmbeddingModels>().OpenAsync(Cancelled);
        using var second = await plain.GetRequiredService<EmbeddingModels>().OpenAsync(Cancelled);
        Assert.NotEqual(first!.Id, second!.Id);
        Near.Equal(Unit(bert.Mean("net")), (await second.EmbedQueryAsync("net", Cancelled))!);
    }

    [Fact]
    public async Task A_model_replaced_in_its_folder_does_not_pass_for_the_earlier_one()
    {
        using var bert = new TinyBert();
        using var other = new TinyBert(seed: 8);
        await using var services = Services(("Kind", "onnx"), ("Path", bert.Folder));
        var models = services.GetRequiredService<EmbeddingModels>();
        EmbeddingModelRecord record;
        using (var model = await models.OpenAsync(Cancelled))
            record = await model!.RecordAsync(Cancelled);
        await using var later = Services(("Kind", "none"));
        using (var again = await later.GetRequiredService<EmbeddingModels>().ReopenAsync(record, Cancelled))
            Assert.Equal(record.Id, again!.Id);
        File.Copy(other.PathOf("model.onnx"), bert.PathOf("model.onnx"), overwrite: true);
        Assert.Null(await later.GetRequiredService<EmbeddingModels>().ReopenAsync(record, Cancelled));
        File.Delete(bert.PathOf("model.onnx"));
        Assert.Null(await later.GetRequiredService<EmbeddingModels>().ReopenAsync(record, Cancelled));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_told_at_the_start()
    {
        using var bert = new TinyBert();
        File.Delete(bert.PathOf("vocab.txt"));
        await using var services = Services(("Kind", "onnx"), ("Path", bert.Folder));
        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<EmbeddingOptions>>().Value);
        Assert.Contains("Search:Embedding:Path", error.Message, StringComparison.Ordinal);
        Assert.Contains("vocab.txt", error.Message, StringComparison.Ordinal);
        await using var without = Services(("Kind", "onnx"));
        Assert.Contains("Search:Embedding:Path is missing", Assert.Throws<OptionsValidationException>(() => without.GetRequiredService<IOptions<EmbeddingOptions>>().Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_that_cannot_be_used_is_told_when_opened()
    {
        using var bert = new TinyBert();
        bert.Write("model.onnx", "no graph");
        await using var services = Services(("Kind", "onnx"), ("Path", bert.Folder));
        var error = await Assert.ThrowsAsync<EmbeddingException>(() => services.GetRequiredService<EmbeddingModels>().OpenAsync(Cancelled));
        Assert.Contains("model.onnx", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    private static ServiceProvider Services(params IEnumerable<(string Name, string Value)> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new DataDirectory(Path.GetTempPath()));
        services.AddLogging();
        services.AddEmbeddingModels(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Search:Embedding:{setting.Name}", (string?)setting.Value)))
            .Build());
        services.AddOnnxEmbedding();
        return services.BuildServiceProvider();
    }

    private static double[] Unit(double[] vector)
    {
        var length = Math.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }
}
