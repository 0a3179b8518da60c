using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Tests.Search.Embedding;

/// <summary>An OpenAI-compatible endpoint on this machine. Unless a test says otherwise a text's vector is <see cref="VectorOf"/>.</summary>
internal sealed class EmbeddingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmbeddingServer(WebApplication app) => _app = app;

    public string Endpoint { get; private set; } = "";

    public ConcurrentQueue<EmbeddingRequest> Requests { get; } = new();

    public static float[] VectorOf(string text) => [text.Length, text.Length == 0 ? 0 : text[0], 1, -2];

    /// <summary>Starts; <paramref name="respond"/> is given the context, the request and its number, from 1.</summary>
    public static async Task<EmbeddingServer> StartAsync(Func<HttpContext, EmbeddingRequest, int, Task>? respond = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new EmbeddingServer(app);
        app.MapPost("/v1/embeddings", async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var request = new EmbeddingRequest(
                body.RootElement.GetProperty("model").GetString()!,
                [.. body.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!)],
                body.RootElement.GetProperty("encoding_format").GetString()!,
                body.RootElement.TryGetProperty("dimensions", out var dimensions) ? dimensions.GetInt32() : null,
                context.Request.Headers.Authorization.ToString());
            server.Requests.Enqueue(request);
            await (respond ?? ((c, r, _) => AnswerAsync(c, r)))(context, request, server.Requests.Count);
        });
        await app.StartAsync();
        server.Endpoint = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1";
        return server;
    }

    public static Task AnswerAsync(HttpContext context, EmbeddingRequest request) => AnswerAsync(
        context, request.Input.Select((text, index) => new { @object = "embedding", index, embedding = VectorOf(text) }));

    public static Task AnswerAsync(HttpContext context, IEnumerable<object> data) =>
        context.Response.WriteAsJsonAsync(new { @object = "list", data, model = "m", usage = new { prompt_tokens = 1, total_tokens = 1 } });

    public static async Task RefuseAsync(HttpContext context, int status, string body, string? retryAfter = null)
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
