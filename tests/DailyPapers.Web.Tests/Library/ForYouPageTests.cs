using System.Net;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Library;

public sealed class ForYouPageTests(ServiceFixture fixture) : IDisposable
{
    private const string Paper = "/papers/" + SampleContent.PaperWithReproduction;

    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task An_upvote_brings_papers_with_the_reason_and_switching_off_takes_them_away()
    {
        await _reader.RegisterAsync();
        Assert.Empty((await _reader.PageAsync("/for-you")).QuerySelectorAll(".card"));
        (await _reader.SubmitAsync(Paper, Paper + "/upvote", ("wanted", "true"))).Dispose();

        var page = await _reader.PageAsync("/for-you");
        Assert.Equal(30, page.QuerySelectorAll(".card").Length);
        Assert.DoesNotContain(Paper, page.QuerySelectorAll(".card .title a").Select(link => link.GetAttribute("href")));
        Assert.Equal(Paper, page.QuerySelector(".reason a")!.GetAttribute("href"));
        Assert.Contains("Because you upvoted", page.QuerySelector(".reason")!.TextContent, StringComparison.Ordinal);

        using (var off = await _reader.SubmitAsync("/for-you", "/for-you/choice", ("mailed", "on")))
            Assert.Equal(HttpStatusCode.Redirect, off.StatusCode);
        page = await _reader.PageAsync("/for-you");
        Assert.Empty(page.QuerySelectorAll(".card"));
        Assert.Empty(page.QuerySelectorAll(".fields input[checked]"));

        (await _reader.SubmitAsync("/for-you", "/for-you/choice", ("wanted", "on"), ("mailed", "on"))).Dispose();
        page = await _reader.PageAsync("/for-you");
        Assert.NotEmpty(page.QuerySelectorAll(".card"));
        Assert.Equal(2, page.QuerySelectorAll(".fields input[checked]").Length);
    }

    [Fact]
    public async Task Nobody_anonymous_sees_it()
    {
        using var response = await _reader.GetAsync("/for-you");
        Assert.StartsWith("/account/sign-in", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
