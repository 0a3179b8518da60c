using DailyPapers.TestSupport;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>A page that was opened, with everything the browser complained about meanwhile.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Console errors, violated content security policy, failed or foreign requests, exceptions in scripts.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    public static async Task<Visit> ToAsync(BrowserFixture fixture, SitePage site, Action<BrowserNewContextOptions>? configure = null)
    {
        var context = await fixture.NewContextAsync(configure, site.SignedIn, site.AsCurator);
        var visit = new Visit(context, await context.NewPageAsync());
        visit.Listen(fixture.Service, site);
        var response = await visit.Page.GotoAsync(site.Path, new() { WaitUntil = WaitUntilState.Load });
        Assert.Equal(site.Status, response!.Status);
        return visit;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Listen(RunningService service, SitePage site)
    {
        var address = new Uri(service.Address, site.Path).ToString();
        Page.Console += (_, message) =>
        {
            // The browser reports a page that answers 404 or 400 as an error; here it is what was asked for.
            var expected = site.Status >= 400 && message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith(address, StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !expected)
                Complain($"console {message.Type}: {message.Text} ({message.Location})");
        };
        Page.PageError += (_, error) => Complain($"exception: {error}");
        Page.RequestFailed += (_, request) => Complain($"failed request: {request.Url} {request.Failure}");
        Page.Response += (_, response) =>
        {
            if (response.Status >= 400 && response.Url != address)
                Complain($"answer {response.Status}: {response.Url}");
        };
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(service.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                Complain($"request elsewhere: {request.Url}");
        };
    }

    private void Complain(string complaint)
    {
        lock (_complaints)
            _complaints.Add(complaint);
    }
}
