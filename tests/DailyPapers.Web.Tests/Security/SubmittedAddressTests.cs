using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using DailyPapers.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Web.Tests.Security;

/// <summary>Who submits a paper names it; no address they give is ever contacted, and arXiv's answer leads nowhere else.</summary>
public sealed class SubmittedAddressTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _trapped = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private WebApplication _trap = null!;
    private WebApplication _arxiv = null!;
    private RunningService _service = null!;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        // On every address of this machine, IPv6 too.
        _trap = await ServerAsync("http://localhost:0", context =>
        {
            _trapped.Enqueue($"{context.Request.Host}{context.Request.Path}{context.Request.QueryString}");
            return Results.Text("secret").ExecuteAsync(context);
        });
        _port = new Uri(_trap.Urls.First()).Port;
        _arxiv = await ServerAsync("http://127.0.0.1:0", context =>
        {
            _asked.Enqueue(context.Request.QueryString.Value!);
            return Results.Redirect($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/redirected").ExecuteAsync(context);
        });
        _service = await RunningService.StartAsync(settings: [
            new("Sources:Arxiv:AtomUrl", new Uri(new Uri(_arxiv.Urls.First()), "api/query").ToString()), new("Sources:Retries", "0"), new("Submissions:FetchTimeout", "00:00:10")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _arxiv.DisposeAsync();
        await _trap.DisposeAsync();
    }

    [Fact]
    public async Task No_address_that_is_submitted_is_asked()
    {
        var port = _port.ToString(CultureInfo.InvariantCulture);
        string[] addresses =
        [
            $"http://127.0.0.1:{port}/abs/2508.06601", $"http://localhost:{port}/abs/2508.06601", $"http://[::1]:{port}/abs/2508.06601", $"http://[::ffff:127.0.0.1]:{port}/abs/2508.06601",
            $"http://2130706433:{port}/", $"http://0x7f000001:{port}/", $"http://0177.0.0.1:{port}/", $"http://0x7f.1:{port}/", $"http://127.1:{port}/", $"http://0:{port}/", $"http://0.0.0.0:{port}/abs/2508.06601",
            $"http://127.0.0.1.nip.io:{port}/abs/2508.06601", $"http://localtest.me:{port}/abs/2508.06601", $"http://arxiv.org.127.0.0.1.nip.io:{port}/abs/2508.06601",
            $"https://arxiv.org@127.0.0.1:{port}/abs/2508.06601", $"https://arxiv.org:secret@localhost:{port}/abs/2508.06601", $"https://arxiv.org%2F@127.0.0.1:{port}/abs/2508.06601", $"https://127.0.0.1:{port}#@arxiv.org/abs/2508.06601",
            $"https://127.0.0.1:{port}\\@arxiv.org/abs/2508.06601", $"https://arxiv.org:{port}/abs/2508.06601", $"//127.0.0.1:{port}/abs/2508.06601", $"http:\\\\127.0.0.1:{port}\\abs\\2508.06601", $"http://①②⑦.⓪.⓪.①:{port}/",
            "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/meta-data/", "http://metadata.google.internal/computeMetadata/v1/", "http://100.100.100.200/latest/meta-data/",
            "http://10.0.0.1/", "http://192.168.1.1/abs/2508.06601", "http://172.16.0.1/", "http://[fe80::1%25eth0]/", "file:///etc/passwd", "gopher://127.0.0.1:25/_HELO", "ftp://127.0.0.1/2508.06601", "dict://127.0.0.1:11211/stats",
            "jar:http://127.0.0.1!/x", "netdoc:///etc/passwd", "ldap://127.0.0.1/x", $"10.1000/http://127.0.0.1:{port}/x", $"https://doi.org/10.1000/127.0.0.1:{port}", $"https://huggingface.co@127.0.0.1:{port}/papers/2508.06601",
            $"https://huggingface.co/papers/../..//127.0.0.1:{port}", $"2508.06601&url=http://127.0.0.1:{port}/", $"2508.06601\r\nHost: 127.0.0.1:{port}",
        ];
        foreach (var some in addresses.Chunk(15))
        {
            using var reader = ServiceFixture.NewReader(_service);
            await reader.RegisterAsync();
            foreach (var address in some)
            {
                using var response = await reader.SubmitAsync("/submit", "/submit", ("paper", address), ("note", address));
                Assert.True((int)response.StatusCode is 200 or 302 or 400 or 409, $"{address} answered {(int)response.StatusCode}.");
            }
        }
        using (var reader = ServiceFixture.NewReader(_service))
        {
            await reader.RegisterAsync();
            (await reader.SubmitAsync("/submit", "/submit/entry", ("title", "A paper with an address"), ("authors", "Ada"), ("url", $"http://127.0.0.1:{port}/paper.pdf"))).Dispose();
        }

        Assert.Empty(_trapped);
        // What was asked for was asked of arXiv, by identifier alone.
        Assert.All(_asked, query => Assert.Matches(@"^\?id_list=[0-9]{4}\.[0-9]{4,5}&start=0&max_results=1$", query));
    }

    [Fact]
    public async Task A_redirect_of_arxiv_to_this_machine_is_not_followed()
    {
        using var reader = ServiceFixture.NewReader(_service);
        await reader.RegisterAsync();

        using var response = await reader.SubmitAsync("/submit", "/submit", ("paper", "https://arxiv.org/abs/2501.00001v2"));

        Assert.Contains("arXiv does not answer", (await Reader.PageOfAsync(response)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Single(_asked);
        Assert.Empty(_trapped);
    }

    private static async Task<WebApplication> ServerAsync(string url, Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // A port of its own on both loopback addresses cannot be left to the system.
        builder.WebHost.UseUrls(url.Contains("localhost", StringComparison.Ordinal) ? $"http://localhost:{FreePort().ToString(CultureInfo.InvariantCulture)}" : url);
        var app = builder.Build();
        app.Run(context => answer(context));
        await app.StartAsync();
        return app;
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
