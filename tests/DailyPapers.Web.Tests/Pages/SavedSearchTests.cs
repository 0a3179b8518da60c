using System.Net;

namespace DailyPapers.Web.Tests.Pages;

public sealed class SavedSearchTests(ServiceFixture fixture) : IDisposable
{
    private const string SearchesPath = "/account/searches";

    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_search_is_kept_run_again_and_removed()
    {
        await _reader.RegisterAsync();
        var results = await _reader.PageAsync("/search?q=shelf&from=1999-01&sort=newest&page=1");
        var query = results.QuerySelector(".keep input[name=query]")!.GetAttribute("value")!;
        Assert.Equal("q=shelf&from=1999&sort=newest", query);

        using (var saved = await _reader.SubmitAsync("/search?q=shelf", SearchesPath, ("name", " Shelves "), ("query", query)))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await _reader.PageAsync(SearchesPath);
        Assert.Equal("Shelves", Assert.Single(page.QuerySelectorAll(".saved .name")).TextContent);
        Assert.Equal("/search?" + query, page.QuerySelector(".saved .name")!.GetAttribute("href"));

        using (var removed = await _reader.SubmitAsync(SearchesPath, page.QuerySelector(".saved form")!.GetAttribute("action")!))
            Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Empty((await _reader.PageAsync(SearchesPath)).QuerySelectorAll(".saved .name"));
    }

    [Fact]
    public async Task Saving_the_same_search_again_renames_it()
    {
        await _reader.RegisterAsync();
        foreach (var name in (string[])["First", "Second"])
            (await _reader.SubmitAsync("/search?q=shelf", SearchesPath, ("name", name), ("query", "q=shelf"))).Dispose();
        Assert.Equal("Second", Assert.Single((await _reader.PageAsync(SearchesPath)).QuerySelectorAll(".saved .name")).TextContent);
    }

    [Theory]
    [InlineData("", "q=shelf", "name has 0 characters")]
    [InlineData("Nothing", "", "nothing to search for")]
    [InlineData("Wrong", "q=shelf&from=soon", "from is 'soon'")]
    public async Task What_cannot_be_kept_is_refused_with_the_reason(string name, string query, string reason)
    {
        await _reader.RegisterAsync();
        using var refused = await _reader.SubmitAsync("/search?q=shelf", SearchesPath, ("name", name), ("query", query));
        var page = await Reader.PageOfAsync(refused, HttpStatusCode.BadRequest);
        Assert.Contains(reason, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_cannot_remove_another_s_search_and_nobody_anonymous_sees_any()
    {
        await _reader.RegisterAsync();
        (await _reader.SubmitAsync("/search?q=shelf", SearchesPath, ("name", "Mine"), ("query", "q=shelf"))).Dispose();
        var action = (await _reader.PageAsync(SearchesPath)).QuerySelector(".saved form")!.GetAttribute("action")!;

        using var other = fixture.NewReader();
        using (var anonymous = await other.GetAsync(SearchesPath))
            Assert.StartsWith("/account/sign-in", anonymous.Headers.Location!.ToString(), StringComparison.Ordinal);
        await other.RegisterAsync("Bo Other");
        using (var stolen = await other.SubmitAsync("/search?q=shelf", action))
            Assert.Equal(HttpStatusCode.NotFound, stolen.StatusCode);
        Assert.Single((await _reader.PageAsync(SearchesPath)).QuerySelectorAll(".saved .name"));
    }
}
