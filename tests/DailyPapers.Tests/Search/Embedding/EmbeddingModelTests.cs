using CsCheck;
using DailyPapers.Search.Embedding;

namespace DailyPapers.Tests.Search.Embedding;

public class EmbeddingModelTests
{
    private static readonly EmbeddingModelDescription _description = new() { Kind = "test", Name = "Test", Fingerprint = "f", Dimensions = 3 };

    [Fact]
    public void Every_vector_of_finite_numbers_gets_unit_length_and_keeps_its_direction()
    {
        // Numbers as far apart as floats allow: a plain sum of squares would be infinite or zero.
        var magnitude = Gen.Select(Gen.Float[-1f, 1f].Array[3], Gen.Int[-37, 37], (numbers, exponent) => numbers.Select(x => x * MathF.Pow(10, exponent)).ToArray());
        magnitude.Where(v => v.Any(x => x != 0)).Sample(vector =>
        {
            using var model = new EmbeddingModel(new FixedGenerator(_ => vector), _description);
            var unit = model.EmbedQueryAsync("text").AsTask().GetAwaiter().GetResult()!;
            var length = Math.Sqrt(vector.Sum(x => (double)x * x));
            for (var i = 0; i < 3; i++)
                Assert.Equal(vector[i] / length, unit[i], 1e-5);
        }, iter: 2000);
    }

    [Theory]
    [InlineData(new[] { 1f, float.NaN, 0f }, "not finite")]
    [InlineData(new[] { 1f, float.PositiveInfinity, 0f }, "not finite")]
    [InlineData(new[] { 1f, 2f }, "2 numbers where 3 were expected")]
    public async Task A_vector_that_search_cannot_use_is_refused(float[] vector, string reason)
    {
        using var model = new EmbeddingModel(new FixedGenerator(_ => vector), _description);
        var error = await Assert.ThrowsAsync<EmbeddingException>(() => model.EmbedDocumentsAsync(["text"], TestContext.Current.CancellationToken));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("Search:Embedding", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Queries_and_documents_get_their_prefixes_and_blank_texts_no_vector()
    {
        var generator = new FixedGenerator(text => [text.Length, 1, 0]);
        var model = new EmbeddingModel(generator, _description with { QueryPrefix = "query: ", DocumentPrefix = "passage: " });
        Assert.NotNull(await model.EmbedQueryAsync("a", TestContext.Current.CancellationToken));
        Assert.Null(await model.EmbedQueryAsync(" \t", TestContext.Current.CancellationToken));
        var vectors = await model.EmbedDocumentsAsync(["b", "", "cc"], TestContext.Current.CancellationToken);
        Assert.Equal(["query: a", "passage: b", "passage: cc"], generator.Texts);
        Assert.Null(vectors[1]);
        Assert.Equal(10, vectors[0]![0] / vectors[0]![1], 1e-4);
        Assert.Equal(11, vectors[2]![0] / vectors[2]![1], 1e-4);
        model.Dispose();
        Assert.True(generator.Disposed);
    }

    [Fact]
    public async Task A_model_of_words_may_know_none_of_a_text()
    {
        using var model = new EmbeddingModel(new FixedGenerator(text => text == "known" ? [1, 0, 0] : [0, 0, 0]), _description with { ZeroWhenUnknown = true });
        var vectors = await model.EmbedDocumentsAsync(["unknown", "known"], TestContext.Current.CancellationToken);
        Assert.Null(vectors[0]);
        Assert.Equal([1, 0, 0], vectors[1]!);
    }

    [Fact]
    public void The_id_changes_with_whatever_changes_vectors_and_with_nothing_else()
    {
        var id = IdOf(_description);
        Assert.Matches("^test-[0-9a-f]{12}$", id);
        Assert.Equal(id, IdOf(_description with { Name = "Other", BatchSize = 7, IsLocal = true, QueryTimeout = TimeSpan.FromSeconds(1) }));
        string[] others =
        [
            IdOf(_description with { Kind = "other" }),
            IdOf(_description with { Fingerprint = "g" }),
            IdOf(_description with { Dimensions = 4 }),
            IdOf(_description with { QueryPrefix = "q" }),
            IdOf(_description with { DocumentPrefix = "q" }),
            IdOf(_description with { QueryPrefix = "qd" }),
            IdOf(_description with { QueryPrefix = "q", DocumentPrefix = "d" }),
        ];
        Assert.Equal(others.Length + 1, others.Append(id).Distinct().Count());
    }

    private static string IdOf(EmbeddingModelDescription description)
    {
        using var model = new EmbeddingModel(new FixedGenerator(_ => []), description);
        return model.Id;
    }
}
