using System.Net;
using System.Text.Json;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Api;

public sealed class SearchApiTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_search_answers_with_hits_counts_and_the_parts_of_every_score()
    {
        var answer = await JsonAsync("/api/search?q=training%20networks&facets&explain&limit=5");
        Assert.Equal(5, answer.GetProperty("hits").GetArrayLength());
        Assert.True(answer.GetProperty("total").GetInt32() >= 5);
        Assert.NotEqual(0, answer.GetProperty("facets").GetProperty("years").GetArrayLength());
        Assert.All(answer.GetProperty("hits").EnumerateArray(), hit => Assert.Equal(
            hit.GetProperty("score").GetDouble(),
            hit.GetProperty("explanation").EnumerateArray().Sum(part => part.GetProperty("value").GetDouble() * part.GetProperty("weight").GetDouble()),
            3));
    }

    [Fact]
    public async Task Clients_made_for_Hugging_Face_find_their_fields()
    {
        var items = await JsonAsync("/api/papers/search?q=softmax&limit=3");
        var item = items.EnumerateArray().First();
        Assert.Equal("2001.04438", item.GetProperty("paper").GetProperty("id").GetString());
        Assert.NotEmpty(item.GetProperty("paper").GetProperty("authors").EnumerateArray().First().GetProperty("name").GetString()!);
        foreach (var name in (string[])["title", "summary", "publishedAt", "numComments"])
            Assert.True(item.TryGetProperty(name, out _), name);
    }

    [Fact]
    public async Task Similar_papers_never_include_the_paper_itself()
    {
        var similar = await JsonAsync($"/api/papers/{SampleContent.PaperWithReproduction}/similar?limit=4");
        Assert.Equal(4, similar.GetArrayLength());
        Assert.DoesNotContain(similar.EnumerateArray(), paper => paper.GetProperty("key").GetString() == SampleContent.PaperWithReproduction);
    }

    [Theory]
    [InlineData("/api/search", HttpStatusCode.BadRequest, "q is missing")]
    [InlineData("/api/search?q=x&limit=0", HttpStatusCode.BadRequest, "limit is '0'")]
    [InlineData("/api/search?q=x&mode=psychic", HttpStatusCode.BadRequest, "mode is 'psychic'")]
    [InlineData("/api/papers/search", HttpStatusCode.BadRequest, "q is missing")]
    [InlineData("/api/papers/none/similar", HttpStatusCode.NotFound, "no paper of this key")]
    public async Task What_cannot_be_answered_says_why(string path, HttpStatusCode status, string reason)
    {
        using var response = await _reader.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(reason, problem.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Single(response.Headers.GetValues("X-Error-Message")), StringComparison.Ordinal);
    }

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var response = await _reader.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
