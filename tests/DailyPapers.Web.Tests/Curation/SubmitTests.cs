using System.Net;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Submissions;
using DailyPapers.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Web.Tests.Curation;

/// <summary>On a service of its own that fetches nothing: what is submitted here would change what other tests see.</summary>
public sealed class SubmitTests : IAsyncLifetime
{
    private RunningService _service = null!;
    private Reader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(services => services.Configure<SubmissionOptions>(options => (options.Fetch, options.PerDay) = (false, 3)));
        _reader = ServiceFixture.NewReader(_service);
        await _reader.RegisterAsync("Ada <i>Reader</i>");
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_known_paper_is_submitted_taken_back_and_submitted_by_another()
    {
        var paper = (await _service.AddPapersAsync("A paper nobody has shown"))[0];
        await _service.Get<Papers.PaperIntake>().StoreAsync(
            [new Papers.PaperRecord { Source = "jsonl", Doi = "10.1000/shown", Title = paper.Title, Authors = paper.Authors }], cancellationToken: TestContext.Current.CancellationToken);

        using (var sent = await _reader.SubmitAsync("/submit", "/submit", ("paper", "https://doi.org/10.1000/SHOWN"), ("note", "so good")))
            Assert.Equal("/submit/mine", sent.Headers.Location!.ToString());
        var mine = await _reader.PageAsync("/submit/mine");
        Assert.Equal("Waits for a curator", mine.QuerySelector(".state")!.TextContent.Trim());
        var withdraw = mine.QuerySelector(".saved form")!.GetAttribute("action")!;

        using var other = ServiceFixture.NewReader(_service);
        await other.RegisterAsync("Bo");
        using (var stolen = await other.SubmitAsync("/submit", withdraw))
            await Reader.PageOfAsync(stolen, HttpStatusCode.NotFound);
        using (var again = await other.SubmitAsync("/submit", "/submit", ("paper", "10.1000/shown")))
            Assert.Contains("submitted already", (await Reader.PageOfAsync(again, HttpStatusCode.Conflict)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        (await _reader.SubmitAsync("/submit/mine", withdraw)).Dispose();
        Assert.Empty((await _reader.PageAsync("/submit/mine")).QuerySelectorAll(".saved li"));
        using (var now = await other.SubmitAsync("/submit", "/submit", ("paper", "10.1000/shown")))
            Assert.Equal(HttpStatusCode.Redirect, now.StatusCode);
    }

    [Fact]
    public async Task What_is_unknown_is_typed_in_seen_by_curators_only_and_becomes_a_paper_when_taken()
    {
        using (var asked = await _reader.SubmitAsync("/submit", "/submit", ("paper", "2508.00009"), ("note", "new")))
        {
            var page = await Reader.PageOfAsync(asked);
            Assert.NotNull(page.QuerySelector("details[open] input[name=identifier][value='2508.00009']"));
            Assert.Equal("new", page.QuerySelector("#entry-note")!.GetAttribute("value"));
        }
        using (var sent = await _reader.SubmitAsync("/submit", "/submit/entry", ("title", "Typed <script>alert(1)</script>"), ("authors", "Ada\nBo"), ("identifier", "2508.00009"), ("note", "new")))
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        await _reader.PageAsync("/papers/2508.00009", HttpStatusCode.NotFound);

        using var curator = ServiceFixture.NewReader(_service);
        await curator.SignInAsAsync(_service, AccountRole.Curator);
        using (var desk = await curator.GetAsync("/desk"))
        {
            var path = desk.Headers.Location!.ToString();
            var page = await curator.PageAsync(path);
            Assert.Equal("Typed <script>alert(1)</script>", page.QuerySelector(".proposal .title")!.TextContent);
            Assert.DoesNotContain(page.QuerySelectorAll("script"), script => script.TextContent.Length > 0);
            (await curator.SubmitAsync(path, page.QuerySelector(".proposal form[action$='/accept']")!.GetAttribute("action")!)).Dispose();
            Assert.Single((await curator.PageAsync(path + "?show=submitted")).QuerySelectorAll(".candidate"));
        }
        Assert.Equal("Typed <script>alert(1)</script>", (await _reader.PageAsync("/papers/2508.00009")).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://127.0.0.1:5000/papers/2508.06601")]
    [InlineData("https://arxiv.org@127.0.0.1/abs/2508.06601")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task Addresses_of_elsewhere_are_refused_and_stay_text(string paper)
    {
        using var refused = await _reader.SubmitAsync("/submit", "/submit", ("paper", paper));
        var page = await Reader.PageOfAsync(refused, HttpStatusCode.BadRequest);
        Assert.Contains("names no paper", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(paper, page.QuerySelector("#paper")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_day_s_limit_is_said_with_429()
    {
        for (var i = 0; i < 3; i++)
            (await _reader.SubmitAsync("/submit", "/submit/entry", ("title", $"Paper {i}"), ("authors", "Ada"))).Dispose();
        using var refused = await _reader.SubmitAsync("/submit", "/submit/entry", ("title", "One more"), ("authors", "Ada"));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("the limit", (await Reader.PageOfAsync(refused, HttpStatusCode.TooManyRequests)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_cannot_put_a_paper_into_today_s_edition()
    {
        var paper = (await _service.AddPapersAsync("Not for today"))[0];
        await _service.Get<Papers.PaperIntake>().StoreAsync(
            [new Papers.PaperRecord { Source = "jsonl", Doi = "10.1000/today", Title = paper.Title, Authors = paper.Authors }], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null((await _reader.PageAsync("/submit")).QuerySelector("input[name=today]"));
        (await _reader.SubmitAsync("/submit", "/submit", ("paper", "10.1000/today"), ("today", "on"))).Dispose();
        Assert.Equal("Waits for a curator", (await _reader.PageAsync("/submit/mine")).QuerySelector(".state")!.TextContent.Trim());
    }

    [Fact]
    public async Task Nobody_anonymous_submits()
    {
        using var anonymous = ServiceFixture.NewReader(_service);
        using var answer = await anonymous.GetAsync("/submit");
        Assert.StartsWith("/account/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
