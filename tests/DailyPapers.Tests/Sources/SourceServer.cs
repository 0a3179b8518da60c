using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Tests.Sources;

/// <summary>A source on this machine that answers as a test says.</summary>
internal sealed class SourceServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SourceServer(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>The requests so far, path and decoded query.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<string> UserAgents { get; } = new();

    /// <summary>Settings that send every source here.</summary>
    public Dictionary<string, string?> Settings(int retries = 2) => new()
    {
        ["Sources:Arxiv:AtomUrl"] = new Uri(Url, "api/query").ToString(),
        ["Sources:Arxiv:OaiUrl"] = new Uri(Url, "oai").ToString(),
        ["Sources:Arxiv:RssUrl"] = new Uri(Url, "rss/").ToString(),
        ["Sources:HuggingFace:Url"] = Url.ToString(),
        ["Sources:Retries"] = retries.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Sources:Contact"] = "https://papers.example/about",
    };

    /// <summary>Starts; <paramref name="respond"/> is given the request and its number, from 1.</summary>
    public static async Task<SourceServer> StartAsync(Func<HttpContext, int, Task> respond)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new SourceServer(app);
        app.Run(async context =>
        {
            server.Requests.Enqueue(context.Request.Path + WebUtility.UrlDecode(context.Request.QueryString.Value));
            server.UserAgents.Enqueue(context.Request.Headers.UserAgent.ToString());
            await respond(context, server.Requests.Count);
        });
        await app.StartAsync();
        server.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>Starts a server that gives the answers in turn and the last one for ever.</summary>
    public static Task<SourceServer> AnswerAsync(params IReadOnlyList<Answer> answers) =>
        StartAsync((context, number) => answers[Math.Min(number, answers.Count) - 1].WriteAsync(context));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
