using System.Net;
using System.Xml.Linq;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Library;

public sealed class FollowingPageTests(ServiceFixture fixture) : IDisposable
{
    private const string Paper = "/papers/" + SampleContent.PaperWithReproduction;

    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_keyword_is_followed_from_a_paper_s_page_its_papers_are_shown_and_it_is_left()
    {
        await _reader.RegisterAsync();
        var forms = (await _reader.PageAsync(Paper)).QuerySelectorAll(".own .follows form");
        Assert.Equal(
            ["author Ada Example", "author Grace Sample", "keyword data filtering", "keyword fine-tuning", "category cs.LG", "category stat.ML"],
            forms.Select(f => $"{f.QuerySelector("[name=kind]")!.GetAttribute("value")} {f.QuerySelector("[name=value]")!.GetAttribute("value")}"));
        using (var followed = await _reader.SubmitAsync(Paper, "/following", ("kind", "keyword"), ("value", "Data Filtering")))
            Assert.Equal(HttpStatusCode.Redirect, followed.StatusCode);

        var page = await _reader.PageAsync("/following");
        Assert.Equal(Paper, Assert.Single(page.QuerySelectorAll(".card .title a")).GetAttribute("href"));
        Assert.Equal("Data Filtering", page.QuerySelector(".reason a")!.TextContent);
        var stop = (await _reader.PageAsync(Paper)).QuerySelector(".own form[action$='/remove']")!.GetAttribute("action")!;
        using var other = fixture.NewReader();
        await other.RegisterAsync("Bo Other");
        using (var refused = await other.SubmitAsync("/following", stop))
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        (await _reader.SubmitAsync("/following", stop)).Dispose();
        Assert.Empty((await _reader.PageAsync("/following")).QuerySelectorAll(".card"));
    }

    [Theory]
    [InlineData("author:\"Ada Example\"", "author", "Ada Example")]
    [InlineData("keyword:grokking", "keyword", "grokking")]
    [InlineData("cat:cs.LG", "category", "cs.LG")]
    [InlineData("author:\"Ada Example\" training", null, null)]
    [InlineData("training", null, null)]
    public async Task A_search_for_one_author_keyword_or_category_offers_to_follow_it(string query, string? kind, string? value)
    {
        await _reader.RegisterAsync();
        var form = (await _reader.PageAsync("/search?q=" + Uri.EscapeDataString(query))).QuerySelector("form[action='/following']");
        Assert.Equal(kind, form?.QuerySelector("[name=kind]")!.GetAttribute("value"));
        Assert.Equal(value, form?.QuerySelector("[name=value]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_feed_needs_its_secret_and_a_new_one_ends_the_old()
    {
        await _reader.RegisterAsync();
        (await _reader.SubmitAsync(Paper, "/following", ("kind", "author"), ("value", "Ada Example"))).Dispose();
        Assert.Null((await _reader.PageAsync("/following")).QuerySelector("form[action$='/end']"));
        var address = await RenewAsync();
        var page = await _reader.PageAsync("/following");
        Assert.Null(page.QuerySelector("a[type='application/atom+xml']"));
        Assert.Contains("It has an address since", page.QuerySelector(".private-feed")!.TextContent, StringComparison.Ordinal);
        using var anonymous = fixture.NewReader();
        using (var feed = await anonymous.GetAsync(address))
        {
            var atom = XDocument.Parse(await feed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
            Assert.NotEmpty(atom.Elements(atom.Name.Namespace + "entry"));
            using var again = await anonymous.SendAsync(HttpMethod.Get, address, null, ("If-None-Match", feed.Headers.ETag!.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
        var second = await RenewAsync();
        using (var feed = await anonymous.GetAsync(second))
            Assert.Equal(HttpStatusCode.OK, feed.StatusCode);
        // It is no way to sign in, nor to the other feed.
        Assert.Null((await anonymous.PageAsync("/about")).QuerySelector(".who"));
        (await _reader.SubmitAsync("/following", "/following/feed/end")).Dispose();
        foreach (var closed in (string[])[address, second, "/following/feed.atom", "/following/feed.atom?token=x", $"/notifications/feed/{second.Split('=')[1]}.atom"])
        {
            using var refused = await anonymous.GetAsync(closed);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
        Assert.Null((await _reader.PageAsync("/following")).QuerySelector("form[action$='/end']"));

        async Task<string> RenewAsync()
        {
            using var renewed = await _reader.SubmitAsync("/following", "/following/feed/renew");
            Assert.True(renewed.Headers.CacheControl!.NoStore);
            return new Uri((await Reader.PageOfAsync(renewed)).QuerySelector("a[type='application/atom+xml']")!.GetAttribute("href")!).PathAndQuery;
        }
    }

    [Theory]
    [InlineData("planet", "Mars")]
    [InlineData("author", "  ")]
    public async Task What_cannot_be_followed_is_refused(string kind, string value)
    {
        await _reader.RegisterAsync();
        using var refused = await _reader.SubmitAsync("/following", "/following", ("kind", kind), ("value", value));
        await Reader.PageOfAsync(refused, HttpStatusCode.BadRequest);
    }
}
