using System.Net;
using System.Text.Json;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Api;

public sealed class SuggestApiTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_title_is_suggested_with_its_address_and_what_matches()
    {
        var paper = (await SuggestAsync("filt pret")).First(s => Kind(s) == "paper");
        Assert.Equal("/papers/" + SampleContent.PaperWithReproduction, paper.GetProperty("url").GetString());
        Assert.Equal("[[0,4],[9,4]]", paper.GetProperty("marks").GetRawText());
        Assert.Contains("2025", paper.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authors_and_keywords_lead_to_their_papers()
    {
        var author = (await SuggestAsync("dukhan")).First(s => Kind(s) == "author");
        Assert.Equal(("Marat Dukhan", "/search?q=author%3A%22Marat%20Dukhan%22"), (author.GetProperty("text").GetString(), author.GetProperty("url").GetString()));
        var keyword = (await SuggestAsync("keyword:data fil"))[0];
        Assert.Equal(("keyword", "data filtering", "1 paper"), (Kind(keyword), keyword.GetProperty("text").GetString(), keyword.GetProperty("detail").GetString()));
        using var leads = await _reader.GetAsync(keyword.GetProperty("url").GetString()!);
        Assert.Contains(SampleContent.PaperWithReproduction, await leads.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_forgiven_and_nothing_is_an_answer_too()
    {
        Assert.Contains(await SuggestAsync("sofmax"), s => s.GetProperty("text").GetString()!.Contains("Softmax", StringComparison.Ordinal));
        Assert.Empty(await SuggestAsync("xyzzyplugh"));
    }

    [Fact]
    public async Task An_answer_may_be_kept_for_a_minute_and_has_no_more_than_was_asked_for()
    {
        using var response = await _reader.GetAsync("/api/suggest?q=a&limit=2");
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.CacheControl!.MaxAge);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, document.RootElement.GetProperty("suggestions").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/suggest", "q is missing")]
    [InlineData("/api/suggest?q=%20", "q is missing")]
    [InlineData("/api/suggest?q=a&limit=21", "limit is '21'; a number from 1 to 20")]
    [InlineData("/api/suggest?q=a&limit=x", "limit is 'x'")]
    public async Task What_cannot_be_answered_says_why(string path, string reason)
    {
        using var response = await _reader.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, Assert.Single(response.Headers.GetValues("X-Error-Message")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_to_be_typed_is_refused()
    {
        using var response = await _reader.GetAsync("/api/suggest?q=" + new string('a', 201));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("201 characters", Assert.Single(response.Headers.GetValues("X-Error-Message")), StringComparison.Ordinal);
    }

    private static string? Kind(JsonElement suggestion) => suggestion.GetProperty("kind").GetString();

    private async Task<List<JsonElement>> SuggestAsync(string typed)
    {
        using var response = await _reader.GetAsync("/api/suggest?q=" + Uri.EscapeDataString(typed));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(typed, document.RootElement.GetProperty("query").GetString());
        return [.. document.RootElement.Clone().GetProperty("suggestions").EnumerateArray()];
    }
}
