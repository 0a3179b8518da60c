using System.Net;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Pages;

public sealed class PaperPagesTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task An_old_style_identifier_keeps_its_slash()
    {
        var page = await _reader.PageAsync("/papers/hep-th/9901001");

        Assert.Equal("Strings on an old-style shelf", page.QuerySelector("h1")!.TextContent);
        using var citation = await _reader.GetAsync("/papers/hep-th/9901001/bibtex");
        Assert.Equal("inline; filename=\"hep-th-9901001.bib\"", citation.Content.Headers.ContentDisposition?.ToString());
    }

    [Theory]
    [InlineData("/papers/2508.06601v1", "/papers/2508.06601")]
    [InlineData("/papers/2508.06601v99", "/papers/2508.06601")]
    [InlineData("/papers/arXiv:2508.06601", "/papers/2508.06601")]
    [InlineData("/papers/hep-th/9901001v2", "/papers/hep-th/9901001")]
    [InlineData("/papers/HEP-TH/9901001", "/papers/hep-th/9901001")]
    [InlineData("/papers/hep-th%2F9901001", "/papers/hep-th/9901001")]
    public async Task Other_spellings_lead_to_the_paper(string path, string paper)
    {
        using var response = await _reader.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(paper, response.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/papers/2508.99999")]
    [InlineData("/papers/2508.066011")]
    [InlineData("/papers/2513.06601")]
    [InlineData("/papers/2508.06601v0")]
    [InlineData("/papers/2508.06601v")]
    [InlineData("/papers/2508.06601;drop")]
    [InlineData("/papers/hep-th/0000000")]
    [InlineData("/papers/hep-th/9901001/extra/part")]
    [InlineData("/papers/t-00000000000000000000")]
    [InlineData("/papers/t-")]
    [InlineData("/papers/d-")]
    [InlineData("/papers/%20")]
    [InlineData("/papers/..%2f..%2fetc%2fpasswd")]
    [InlineData("/papers/2508.99999/bibtex")]
    [InlineData("/nothing/here")]
    [InlineData("/lab/runs/1/none.svg")]
    [InlineData("/lab/runs/99999999999999999999/curve.svg")]
    public async Task What_does_not_exist_is_not_found_and_leads_on(string path)
    {
        var page = await _reader.PageAsync(path, HttpStatusCode.NotFound);

        Assert.NotNull(page.QuerySelector("main a[href='/']"));
    }

    [Fact]
    public async Task A_paper_missing_from_the_feed_is_named()
    {
        var page = await _reader.PageAsync("/papers/2508.99999v2", HttpStatusCode.NotFound);

        Assert.Contains("2508.99999 is not in this feed", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reproduction_shows_its_claims_with_verdicts_and_figure()
    {
        var page = await _reader.PageAsync("/papers/" + SampleContent.PaperWithReproduction);

        Assert.Equal(
            ["Reproduced", "Partly reproduced", "Not reproduced", "Not at this scale"],
            page.QuerySelectorAll(".claims .verdict").Select(verdict => verdict.TextContent));
        Assert.Contains("11.2 times the steps (95 % interval 10.95 to 11.45)", page.QuerySelector(".claims dd")!.TextContent, StringComparison.Ordinal);
        var figure = page.QuerySelector(".reproduction figure img")!;
        Assert.Equal("A curve that rises and levels off.", figure.GetAttribute("alt"));
        using var image = await _reader.GetAsync(figure.GetAttribute("src")!);
        Assert.Equal("image/svg+xml; charset=utf-8", image.Content.Headers.ContentType?.ToString());
        Assert.Contains("sandbox", image.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_without_a_reproduction_claims_none()
    {
        var page = await _reader.PageAsync("/papers/" + SampleContent.PaperWithoutReproduction);

        Assert.Null(page.QuerySelector(".reproduction"));
        Assert.Null(page.QuerySelector(".verdict"));
    }

    [Fact]
    public async Task The_lab_lists_the_reproduction_among_the_collection()
    {
        var page = await _reader.PageAsync("/lab");

        Assert.Matches("^[0-9]+ of 62 papers of the collection have been run$", page.QuerySelector(".overline")!.TextContent);
        Assert.Contains($"/papers/{SampleContent.PaperWithReproduction}#reproduction", page.QuerySelectorAll(".lab tbody th a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/papers/2508.06601")]
    [InlineData("/papers/2508.06601/bibtex")]
    [InlineData("/papers/trending")]
    [InlineData("/healthz")]
    [InlineData("/robots.txt")]
    [InlineData("/nothing/here")]
    public async Task Head_answers_as_get_without_a_body(string path)
    {
        using var got = await _reader.GetAsync(path);
        using var head = await _reader.SendAsync(HttpMethod.Head, path);

        Assert.Equal(got.StatusCode, head.StatusCode);
        Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Health_counts_papers_and_editions()
    {
        using var response = await _reader.GetAsync("/healthz");

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var report = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal("ok", report.RootElement.GetProperty("status").GetString());
        Assert.True(report.RootElement.GetProperty("papers").GetInt32() >= 64, text);
        Assert.True(report.RootElement.GetProperty("editions").GetInt32() >= 3, text);
    }

    [Fact]
    public async Task Assets_are_kept_for_ever_under_a_name_that_changes_with_them()
    {
        var page = await _reader.PageAsync("/");
        var stylesheet = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        using var found = await _reader.GetAsync(stylesheet);
        using var compressed = await _reader.SendAsync(HttpMethod.Get, stylesheet, headers: ("Accept-Encoding", "br"));
        using var other = await _reader.GetAsync("/assets/site.0000000000.css");

        Assert.True(found.Headers.CacheControl is { Public: true, MaxAge.TotalDays: 365 });
        Assert.Equal(["br"], compressed.Content.Headers.ContentEncoding);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }
}
