using System.Net;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Pages;

public sealed class SearchPageTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_word_of_a_title_finds_the_paper_and_is_marked()
    {
        var page = await _reader.PageAsync("/search?q=shelf");

        Assert.Contains("/papers/hep-th/9901001", page.QuerySelectorAll(".hits .title a").Select(link => link.GetAttribute("href")));
        Assert.Contains("shelf", page.QuerySelectorAll("mark").Select(mark => mark.TextContent));
        Assert.Equal("shelf", page.QuerySelector("#query")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("q=training&sort=best", "sort is 'best'")]
    [InlineData("q=training&sort=3", "sort is '3'")]
    [InlineData("q=training&page=0", "page is '0'")]
    [InlineData("q=training&page=-1", "page is '-1'")]
    [InlineData("q=training&page=99999999999999999999", "a number from 1 was expected")]
    [InlineData("q=training&from=20x5", "from is '20x5'")]
    [InlineData("q=training&to=0", "to is '0'")]
    public async Task A_value_that_cannot_be_is_named(string query, string reason)
    {
        var page = await _reader.PageAsync("/search?" + query, HttpStatusCode.BadRequest);

        Assert.Contains(reason, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_longer_than_any_question_is_refused()
    {
        var page = await _reader.PageAsync("/search?q=" + new string('a', 5_000), HttpStatusCode.BadRequest);

        Assert.Contains("5,000 characters", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q=training&page=2147483647")]
    [InlineData("q=%22")]
    [InlineData("q=%22%22%22")]
    [InlineData("q=(((((")]
    [InlineData("q=*")]
    [InlineData("q=a*%20b*%20c*")]
    [InlineData("q=-")]
    [InlineData("q=-training")]
    [InlineData("q=AND%20OR%20NOT")]
    [InlineData("q=author:")]
    [InlineData("q=year:9999-1")]
    [InlineData("q=title:%22never%20closed")]
    [InlineData("q=a/b/c%20[x%20TO%20y]%20{z}%20~5%20^9")]
    [InlineData("q=%F0%9F%93%84%E2%80%8F%E2%80%AE")]
    [InlineData("q=%0D%0A%09")]
    [InlineData("q=a&q=b")]
    [InlineData("code=on&lab=on")]
    [InlineData("category=cs.LG")]
    [InlineData("q=training&from=2024&to=2020")]
    public async Task Every_question_is_answered(string query) => await _reader.PageAsync("/search?" + query);

    [Fact]
    public async Task Pages_of_results_follow_each_other_without_a_paper_twice()
    {
        // A service of its own: what other tests bring in between two pages moves what comes after it.
        await using var service = await RunningService.StartAsync();
        await SampleContent.AddAsync(service, TestContext.Current.CancellationToken);
        using var reader = ServiceFixture.NewReader(service);
        var seen = new List<string>();
        var next = "/search?q=model+OR+training+OR+learning";
        for (var i = 0; next is not null && i < 10; i++)
        {
            var page = await reader.PageAsync(next);
            seen.AddRange(page.QuerySelectorAll(".hits .title a").Select(link => link.GetAttribute("href")!));
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.True(seen.Count > 20, $"Only {seen.Count} papers were found.");
        Assert.Equal(seen.Distinct(), seen);
    }
}
