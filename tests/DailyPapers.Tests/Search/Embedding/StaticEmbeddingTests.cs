using DailyPapers.Search.Embedding;

namespace DailyPapers.Tests.Search.Embedding;

public class StaticEmbeddingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_settings_the_shipped_model_places_like_texts_together()
    {
        await using var models = new ConfiguredModels();
        using var model = await models.OpenAsync();
        Assert.StartsWith("static-", model.Id, StringComparison.Ordinal);
        Assert.True(model.IsLocal);
        var query = await model.EmbedQueryAsync("low-rank adapters for fine-tuning language models", Cancelled);
        var papers = await model.EmbedDocumentsAsync(
            ["LoRA: parameter-efficient fine-tuning of large language models", "Three-dimensional reconstruction of indoor scenes from depth cameras"], Cancelled);
        Assert.All(papers, vector => Assert.Equal(1, Dot(vector!, vector!), 1e-5));
        Assert.True(Dot(query!, papers[0]!) > Dot(query!, papers[1]!) + 0.2);
    }

    [Fact]
    public async Task A_text_without_a_known_word_has_no_vector()
    {
        await using var models = new ConfiguredModels();
        using var model = await models.OpenAsync();
        Assert.Null(await model.EmbedQueryAsync("?!", Cancelled));
    }

    [Fact]
    public async Task The_shipped_model_is_opened_again_from_its_record()
    {
        await using var models = new ConfiguredModels();
        using var model = await models.OpenAsync();
        await using var later = new ConfiguredModels(("Kind", "none"));
        using var again = await later.Models.ReopenAsync(await model.RecordAsync(Cancelled), Cancelled);
        Assert.Equal(model.Id, again!.Id);
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused_by_its_name()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "no model", Cancelled);
            await using var models = new ConfiguredModels(("Path", file));
            var error = await Assert.ThrowsAsync<EmbeddingException>(models.OpenAsync);
            Assert.Contains(file, error.Message, StringComparison.Ordinal);
            Assert.Contains("Search:Embedding:Path", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
