using System.Buffers.Binary;
using DailyPapers.Search.Embedding;
using Microsoft.AspNetCore.Http;

namespace DailyPapers.Tests.Search.Embedding;

public class OpenAiEmbeddingTests
{
    private const string Key = "sk-very-secret-1234567890";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_become_vectors_in_batches_of_the_configured_size()
    {
        await using var server = await EmbeddingServer.StartAsync();
        await using var papers = For(server, ("BatchSize", "2"), ("QueryPrefix", "search_query: "), ("DocumentPrefix", "search_document: "), ("ApiKey", Key));
        using var model = await papers.OpenAsync();
        Assert.Equal((4, 2, false), (model.Dimensions, model.BatchSize, model.IsLocal));
        Assert.StartsWith("openai-", model.Id, StringComparison.Ordinal);

        string[] texts = ["a", "bb", "ccc", "dddd", "eeeee"];
        var vectors = await model.EmbedDocumentsAsync(texts, Cancelled);
        for (var i = 0; i < texts.Length; i++)
            AssertDirection(EmbeddingServer.VectorOf("search_document: " + texts[i]), vectors[i]);
        AssertDirection(EmbeddingServer.VectorOf("search_query: q"), await model.EmbedQueryAsync("q", Cancelled));

        Assert.Equal([1, 2, 2, 1, 1], server.Requests.Select(request => request.Input.Count));
        Assert.All(server.Requests, request => Assert.Equal(("m", "float", null, $"Bearer {Key}"), (request.Model, request.EncodingFormat, request.Dimensions, request.Authorization)));
    }

    [Fact]
    public async Task Without_a_key_none_is_sent_and_dimensions_only_when_set()
    {
        await using var server = await EmbeddingServer.StartAsync();
        await using var papers = For(server, ("Dimensions", "4"));
        using var model = await papers.OpenAsync();
        var request = Assert.Single(server.Requests);
        Assert.Equal((4, ""), (request.Dimensions, request.Authorization));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_may_come_in_any_order_and_in_base64(bool base64)
    {
        await using var server = await EmbeddingServer.StartAsync((context, request, _) => EmbeddingServer.AnswerAsync(context, request.Input
            .Select((text, index) => new { index, embedding = base64 ? Base64(EmbeddingServer.VectorOf(text)) : (object)EmbeddingServer.VectorOf(text) })
            .Reverse()));
        await using var papers = For(server);
        using var model = await papers.OpenAsync();
        var vectors = await model.EmbedDocumentsAsync(["one", "two two", "z"], Cancelled);
        AssertDirection(EmbeddingServer.VectorOf("one"), vectors[0]);
        AssertDirection(EmbeddingServer.VectorOf("two two"), vectors[1]);
        AssertDirection(EmbeddingServer.VectorOf("z"), vectors[2]);
    }

    [Fact]
    public async Task A_busy_endpoint_is_asked_again_when_it_says()
    {
        await using var server = await EmbeddingServer.StartAsync((context, request, number) => number switch
        {
            2 => EmbeddingServer.RefuseAsync(context, 429, """{"error":{"message":"slow down"}}""", retryAfter: "17"),
            3 => EmbeddingServer.RefuseAsync(context, 503, "busy", retryAfter: "Thu, 14 Aug 2025 12:00:40 GMT"),
            _ => EmbeddingServer.AnswerAsync(context, request),
        });
        await using var papers = new ConfiguredModels([("Kind", "openai"), ("Endpoint", server.Endpoint), ("Model", "m")]);
        using var model = await papers.OpenAsync();
        Assert.NotNull(await model.EmbedQueryAsync("text", Cancelled));
        // The first pause is the one asked for; the second lasts until the time asked for.
        Assert.Equal([TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(23)], papers.Time.Waits);
    }

    [Fact]
    public async Task An_endpoint_that_asks_for_a_long_pause_is_left_alone_until_then()
    {
        await using var server = await EmbeddingServer.StartAsync((context, _, _) => EmbeddingServer.RefuseAsync(context, 429, "{}", retryAfter: "3600"));
        await using var papers = new ConfiguredModels([("Kind", "openai"), ("Endpoint", server.Endpoint), ("Model", "m")]);
        var error = await Assert.ThrowsAsync<EmbeddingException>(papers.OpenAsync);
        Assert.True(error.IsTransient);
        Assert.Equal(papers.Time.GetUtcNow().AddHours(1), error.NotBefore);
        Assert.Single(server.Requests);
        Assert.Empty(papers.Time.Waits);
    }

    [Fact]
    public async Task A_broken_endpoint_is_given_up_after_the_configured_tries_with_its_own_words()
    {
        await using var server = await EmbeddingServer.StartAsync((context, _, _) => EmbeddingServer.RefuseAsync(context, 500, """{"error":"model runner\nhas crashed"}"""));
        await using var papers = For(server, ("Retries", "3"));
        var error = await Assert.ThrowsAsync<EmbeddingException>(papers.OpenAsync);
        Assert.Equal(4, server.Requests.Count);
        Assert.True(error.IsTransient);
        Assert.Contains("500 Internal Server Error: model runner has crashed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_run_may_run_later()
    {
        string endpoint;
        await using (var server = await EmbeddingServer.StartAsync())
            endpoint = server.Endpoint;
        await using var papers = new ConfiguredModels(("Kind", "openai"), ("Endpoint", endpoint), ("Model", "m"), ("Retries", "1"));
        var error = await Assert.ThrowsAsync<EmbeddingException>(papers.OpenAsync);
        Assert.True(error.IsTransient);
        Assert.Contains("Search:Embedding:Endpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_key_is_not_repeated_though_the_server_repeats_it()
    {
        await using var server = await EmbeddingServer.StartAsync((context, _, _) => EmbeddingServer.RefuseAsync(context, 401, """{"error":{"message":"Incorrect API key provided: KEY"}}""".Replace("KEY", Key, StringComparison.Ordinal)));
        await using var papers = For(server, ("ApiKey", Key));
        var error = await Assert.ThrowsAsync<EmbeddingException>(papers.OpenAsync);
        Assert.False(error.IsTransient);
        Assert.Contains("Search:Embedding:ApiKey", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("<html>Welcome</html>", "no JSON")]
    [InlineData("[]", "\"data\"")]
    [InlineData("""{"data":[]}""", "0 vectors for 1 texts")]
    [InlineData("""{"data":[{"index":1,"embedding":[1]}]}""", "\"index\" 1")]
    [InlineData("""{"data":[{"index":0.5,"embedding":[1]}]}""", "index")]
    [InlineData("""{"data":[{"index":0}]}""", "\"embedding\"")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,null]}]}""", "[1] is no number")]
    [InlineData("""{"data":[{"index":0,"embedding":"AAAA"}]}""", "base64")]
    [InlineData("""{"data":[7]}""", "data[0]")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2""", "no JSON")]
    public async Task An_answer_of_another_form_is_refused_at_once(string answer, string reason)
    {
        await using var server = await EmbeddingServer.StartAsync((context, _, _) => context.Response.WriteAsync(answer));
        await using var papers = For(server);
        var error = await Assert.ThrowsAsync<EmbeddingException>(papers.OpenAsync);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("Search:Embedding:Endpoint", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Vectors_of_another_length_than_configured_or_seen_before_are_refused()
    {
        await using var server = await EmbeddingServer.StartAsync((context, request, number) => EmbeddingServer.AnswerAsync(
            context, request.Input.Select((_, index) => new { index, embedding = new float[number <= 2 ? 4 : 5].Select(_ => 1f) })));
        await using (var asking = For(server, ("Dimensions", "256")))
        {
            var unlike = await Assert.ThrowsAsync<EmbeddingException>(asking.OpenAsync);
            Assert.Contains("Search:Embedding:Dimensions is 256, but the vectors of m have 4 numbers", unlike.Message, StringComparison.Ordinal);
        }
        await using var papers = For(server);
        using var model = await papers.OpenAsync();
        var error = await Assert.ThrowsAsync<EmbeddingException>(() => model.EmbedDocumentsAsync(["text"], Cancelled));
        Assert.Contains("5 numbers where 4 were expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_shortened_and_the_others_are_not()
    {
        await using var server = await EmbeddingServer.StartAsync((context, request, _) => request.Input.Any(text => text.Length > 1000)
            ? EmbeddingServer.RefuseAsync(context, 400, """{"object":"error","message":"This model's maximum context length is 250 tokens.","code":400}""")
            : EmbeddingServer.AnswerAsync(context, request));
        await using var papers = For(server);
        using var model = await papers.OpenAsync();
        string[] texts = ["a", new string('b', 3000), "c", new string('d', 900), "e"];
        var vectors = await model.EmbedDocumentsAsync(texts, Cancelled);
        AssertDirection(EmbeddingServer.VectorOf(new string('b', 750)), vectors[1]);
        foreach (var i in new[] { 0, 2, 3, 4 })
            AssertDirection(EmbeddingServer.VectorOf(texts[i]), vectors[i]);
    }

    [Fact]
    public async Task A_request_that_is_refused_whatever_the_text_ends_in_the_servers_words()
    {
        await using var server = await EmbeddingServer.StartAsync((context, _, _) => EmbeddingServer.RefuseAsync(context, 400, """{"message":"Model does not support matryoshka representation."}"""));
        await using var papers = For(server, ("Dimensions", "64"));
        var error = await Assert.ThrowsAsync<EmbeddingException>(papers.OpenAsync);
        Assert.Contains("matryoshka", error.Message, StringComparison.Ordinal);
        Assert.Contains("Search:Embedding:Dimensions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        await using var elsewhere = await EmbeddingServer.StartAsync();
        await using var server = await EmbeddingServer.StartAsync((context, _, _) =>
        {
            context.Response.Redirect(elsewhere.Endpoint + "/embeddings", permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        });
        await using var papers = For(server, ("ApiKey", Key));
        var error = await Assert.ThrowsAsync<EmbeddingException>(papers.OpenAsync);
        Assert.Contains(elsewhere.Endpoint, error.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_slow_answer_ends_with_the_callers_cancellation()
    {
        await using var server = await EmbeddingServer.StartAsync((context, request, number) => number == 1 ? EmbeddingServer.AnswerAsync(context, request) : Stall(context));
        await using var papers = For(server, ("QueryTimeout", "00:05:00"));
        using var model = await papers.OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var embedding = model.EmbedQueryAsync("text", cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => embedding);
    }

    [Fact]
    public async Task A_query_waits_no_longer_than_readers_would()
    {
        await using var server = await EmbeddingServer.StartAsync((context, request, number) => number == 1 ? EmbeddingServer.AnswerAsync(context, request) : Stall(context));
        await using var papers = For(server, ("QueryTimeout", "00:00:00.05"));
        using var model = await papers.OpenAsync();
        var error = await Assert.ThrowsAsync<EmbeddingException>(() => model.EmbedQueryAsync("text", Cancelled).AsTask());
        Assert.True(error.IsTransient);
        Assert.Contains("QueryTimeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_tried_again()
    {
        await using var server = await EmbeddingServer.StartAsync((context, request, number) => number == 1 ? Stall(context) : EmbeddingServer.AnswerAsync(context, request));
        await using var papers = For(server, ("Timeout", "00:00:00.5"));
        using var model = await papers.OpenAsync();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task The_key_may_lie_in_a_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Key + "\n", Cancelled);
            await using var server = await EmbeddingServer.StartAsync();
            await using var papers = For(server, ("ApiKeyFile", file));
            using var model = await papers.OpenAsync();
            Assert.Equal($"Bearer {Key}", Assert.Single(server.Requests).Authorization);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ConfiguredModels For(EmbeddingServer server, params IEnumerable<(string, string?)> settings) =>
        new([("Kind", "openai"), ("Endpoint", server.Endpoint), ("Model", "m"), .. settings]);

    /// <summary>Answers never; ends when the client hangs up.</summary>
    private static async Task Stall(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private static string Base64(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return Convert.ToBase64String(bytes);
    }

    private static void AssertDirection(float[] expected, float[]? unit)
    {
        Assert.NotNull(unit);
        var length = Math.Sqrt(expected.Sum(x => (double)x * x));
        Assert.Equal(expected.Select(x => x / length), unit.Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-6);
    }
}
