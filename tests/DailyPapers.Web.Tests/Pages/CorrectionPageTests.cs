using System.Text.Json;

namespace DailyPapers.Web.Tests.Pages;

public sealed class CorrectionPageTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task What_was_meant_is_shown_and_one_can_insist()
    {
        var page = await _reader.PageAsync("/search?q=sofmax&code=on");
        var links = page.QuerySelectorAll(".correction a");
        Assert.Equal(["softmax", "sofmax"], links.Select(link => link.TextContent));
        Assert.Equal(["/search?q=softmax&code=on", "/search?q=sofmax&code=on&exact=on"], links.Select(link => link.GetAttribute("href")));
        Assert.NotEmpty(page.QuerySelectorAll(".hits .title a"));
        Assert.Equal("sofmax", page.QuerySelector("#query")!.GetAttribute("value"));

        var insisted = await _reader.PageAsync("/search?q=sofmax&exact=on&mode=lexical");
        Assert.Null(insisted.QuerySelector(".correction"));
        Assert.Empty(insisted.QuerySelectorAll(".hits .title a"));
    }

    [Fact]
    public async Task A_right_query_is_not_remarked_upon()
    {
        var page = await _reader.PageAsync("/search?q=softmax");
        Assert.Null(page.QuerySelector(".correction"));
    }

    [Theory]
    [InlineData("/api/search?q=sofmax", "softmax", "softmax")]
    [InlineData("/api/search?q=sofmax&exact=on", null, null)]
    [InlineData("/api/search?q=softmax", null, null)]
    public async Task The_interface_says_what_was_meant_and_what_the_hits_are_for(string path, string? meant, string? searched)
    {
        using var response = await _reader.GetAsync(path);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((meant, searched), (Text("didYouMean"), Text("searchedFor")));

        string? Text(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [Fact]
    public async Task A_feed_is_for_the_words_as_typed()
    {
        using var response = await _reader.GetAsync("/search/feed.atom?q=sofmax&mode=lexical");
        Assert.DoesNotContain("<entry>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
