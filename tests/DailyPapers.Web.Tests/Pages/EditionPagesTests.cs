using System.Net;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Pages;

public sealed class EditionPagesTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task Home_is_the_newest_edition_with_all_its_papers()
    {
        var page = await _reader.PageAsync("/");

        Assert.Equal("Wednesday, 13 August 2025", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(61, page.QuerySelectorAll("article.card").Length);
    }

    [Theory]
    [InlineData("/papers/date/2025-08-13", 61)]
    [InlineData("/papers/week/2025-W33", 64)]
    [InlineData("/papers/month/2025-08", 64)]
    [InlineData("/papers/date/2025-08-12", 3)]
    [InlineData("/papers/month/2025-07", 1)]
    [InlineData("/papers/trending", 50)]
    public async Task A_period_lists_the_papers_of_its_editions(string path, int papers)
    {
        var page = await _reader.PageAsync(path);

        Assert.Equal(papers, page.QuerySelectorAll("article.card").Length);
        Assert.Equal(papers, page.QuerySelectorAll("article.card .title a").Select(link => link.GetAttribute("href")).Distinct().Count());
    }

    [Fact]
    public async Task Every_paper_of_the_starter_collection_has_a_page_and_a_citation()
    {
        var home = await _reader.PageAsync("/");
        var links = home.QuerySelectorAll("article.card .title a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(61, links.Count);

        foreach (var link in links)
        {
            var page = await _reader.PageAsync(link);
            Assert.False(string.IsNullOrWhiteSpace(page.QuerySelector("h1")?.TextContent), $"{link} has no title.");
            Assert.False(string.IsNullOrWhiteSpace(page.QuerySelector(".lede")?.TextContent), $"{link} has no summary.");
            Assert.NotEmpty(page.QuerySelectorAll(".paper-head .authors a"));
            using var citation = await _reader.GetAsync(link + "/bibtex");
            Assert.StartsWith("@misc{", await citation.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/", "/papers/date/2025-08-12", null)]
    [InlineData("/papers/date/2025-08-13", "/papers/date/2025-08-12", null)]
    [InlineData("/papers/date/2025-08-12", "/papers/date/2025-07-31", "/papers/date/2025-08-13")]
    [InlineData("/papers/date/2025-07-31", "/papers/date/2024-03-01", "/papers/date/2025-08-12")]
    [InlineData("/papers/week/2025-W33", "/papers/week/2025-W31", null)]
    [InlineData("/papers/week/2025-W31", "/papers/week/2024-W09", "/papers/week/2025-W33")]
    [InlineData("/papers/month/2025-08", "/papers/month/2025-07", null)]
    [InlineData("/papers/month/2025-07", "/papers/month/2024-03", "/papers/month/2025-08")]
    public async Task Previous_and_next_lead_to_the_neighbouring_editions(string path, string? previous, string? next)
    {
        var page = await _reader.PageAsync(path);

        foreach (var (rel, expected) in (ReadOnlySpan<(string, string?)>)[("prev", previous), ("next", next)])
        {
            Assert.Equal(expected, page.QuerySelector($"a[rel={rel}]")?.GetAttribute("href"));
            Assert.Equal(expected, page.QuerySelector($"head link[rel={rel}]")?.GetAttribute("href"));
        }
    }

    [Theory]
    [InlineData("/papers/date/2025-08-11")]
    [InlineData("/papers/week/2020-W53")]
    [InlineData("/papers/month/1999-12")]
    public async Task A_period_without_an_edition_is_not_found_and_leads_on(string path)
    {
        var page = await _reader.PageAsync(path, HttpStatusCode.NotFound);

        Assert.Contains("There is no edition", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main a[href='/']"));
    }

    [Theory]
    [InlineData("/papers/date/2025-02-30")]
    [InlineData("/papers/date/2025-13-01")]
    [InlineData("/papers/date/2025-8-13")]
    [InlineData("/papers/date/13-08-2025")]
    [InlineData("/papers/date/0000-00-00")]
    [InlineData("/papers/date/1899-12-31")]
    [InlineData("/papers/date/9999-12-31")]
    [InlineData("/papers/date/today")]
    [InlineData("/papers/week/2025-W54")]
    [InlineData("/papers/week/2025-W53")]
    [InlineData("/papers/week/2025-W00")]
    [InlineData("/papers/week/2025-33")]
    [InlineData("/papers/month/2025-13")]
    [InlineData("/papers/month/2025-00")]
    [InlineData("/papers/month/August")]
    public async Task A_period_that_does_not_exist_is_refused_by_name(string path)
    {
        var page = await _reader.PageAsync(path, HttpStatusCode.BadRequest);

        Assert.Equal(path[(path.LastIndexOf('/') + 1)..], page.QuerySelector("main q")!.TextContent);
        Assert.Contains("written like", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("2100-12-31")]
    public async Task The_ends_of_the_calendar_are_not_found_rather_than_broken(string day) =>
        await _reader.PageAsync("/papers/date/" + day, HttpStatusCode.NotFound);

    [Fact]
    public async Task The_calendar_marks_the_day_shown_and_links_the_days_with_papers()
    {
        var page = await _reader.PageAsync("/papers/date/2025-08-12");

        Assert.Equal(["12", "13"], page.QuerySelectorAll(".calendar td a").Select(link => link.TextContent));
        Assert.Equal("12", page.QuerySelector(".calendar td a[aria-current=page]")!.TextContent);
    }

    [Theory]
    [InlineData("/about")]
    [InlineData("/lab")]
    [InlineData("/search")]
    [InlineData("/subscribe")]
    [InlineData("/account/sign-in")]
    [InlineData("/account/register")]
    public async Task Other_pages_have_one_heading_and_a_title(string path)
    {
        var page = await _reader.PageAsync(path);

        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.False(string.IsNullOrWhiteSpace(page.Title));
    }

    [Fact]
    public async Task Every_link_on_the_main_pages_leads_somewhere()
    {
        var targets = new HashSet<string>();
        foreach (var path in (string[])["/", "/papers/trending", "/papers/week/2025-W33", "/lab", "/about", "/papers/" + SampleContent.PaperWithReproduction, "/papers/" + SampleContent.OldStylePaper])
        {
            var page = await _reader.PageAsync(path);
            targets.UnionWith(page.QuerySelectorAll("a[href^='/'], link[href^='/'], script[src^='/'], img[src^='/']")
                .Select(element => (element.GetAttribute("href") ?? element.GetAttribute("src"))!.Split('#')[0]));
        }
        Assert.True(targets.Count > 70, "Expected links to all papers and more.");

        foreach (var target in targets.Where(target => !target.StartsWith("/search?", StringComparison.Ordinal)))
        {
            using var response = await _reader.GetAsync(target);
            var asksToSignIn = target == "/submit" && response.Headers.Location?.OriginalString == "/account/sign-in?return=%2Fsubmit";
            Assert.True(response.StatusCode is HttpStatusCode.OK || asksToSignIn, $"{target} answered {(int)response.StatusCode}.");
        }
    }
}
