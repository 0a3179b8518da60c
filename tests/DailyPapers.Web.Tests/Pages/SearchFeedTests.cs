using System.Net;
using System.Xml.Linq;

namespace DailyPapers.Web.Tests.Pages;

public sealed class SearchFeedTests(ServiceFixture fixture) : IDisposable
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_search_is_a_feed_of_its_papers_the_latest_first()
    {
        using var response = await _reader.GetAsync("/search/feed.atom?q=training");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/atom+xml; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
        Assert.Contains("training", feed.Element(Atom + "title")!.Value, StringComparison.Ordinal);
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.NotEmpty(entries);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.All(entries, entry => Assert.All(
            (string[])["id", "title", "updated", "published"], name => Assert.False(string.IsNullOrEmpty(entry.Element(Atom + name)?.Value))));
        var added = entries.Select(entry => DateTimeOffset.Parse(entry.Element(Atom + "published")!.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(added.OrderDescending(), added);
    }

    [Fact]
    public async Task An_unchanged_feed_is_not_sent_again()
    {
        using var first = await _reader.GetAsync("/search/feed.atom?q=shelf&sort=newest");
        using var again = await _reader.SendAsync(HttpMethod.Get, "/search/feed.atom?q=shelf&sort=newest", null, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var other = await _reader.SendAsync(HttpMethod.Get, "/search/feed.atom?q=shelf", null, ("If-None-Match", first.Headers.ETag.ToString()));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=%20")]
    [InlineData("?q=training&edition=never")]
    public async Task A_feed_of_nothing_is_refused(string query)
    {
        using var response = await _reader.GetAsync("/search/feed.atom" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }
}
