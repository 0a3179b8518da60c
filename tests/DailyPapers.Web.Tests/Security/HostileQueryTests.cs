using System.Net;
using System.Text.Json;

namespace DailyPapers.Web.Tests.Security;

public sealed class HostileQueryTests(ServiceFixture fixture) : IDisposable
{
    private static readonly string[] Addresses = ["/search?q=", "/api/search?q=", "/api/papers/search?q=", "/search/feed.atom?q="];

    private readonly Reader _reader = fixture.NewReader();

    public static TheoryData<string, string> Readable { get; } = new()
    {
        { "stop words alone", "the of and" },
        { "Chinese", "深度学习 语音识别" },
        { "Arabic", "التعلم العميق" },
        { "Cyrillic", "обучение без учителя" },
        { "Hindi", "गहन शिक्षण" },
        { "emoji", "🧠👩‍🔬🇩🇪 🔥" },
        { "a regular expression", ".*[a-z]+(?:x)\\1{3,}" },
        { "Lucene's syntax, broken", "title:(\" AND NOT ( [* TO" },
        { "open quotes", "\"attention \"is all" },
        { "markup", "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>" },
        { "directions", "\u202Egnidart\u202C \u2066x\u2069 \uFEFF\u200B" },
        { "noncharacters", "\uFFFE \uFFFF \U0001FFFE" },
        { "deep parentheses", new string('(', 240) + "noise" + new string(')', 240) },
        { "many short words", string.Join(' ', Enumerable.Repeat("a", 250)) },
        { "one long word", new string('a', 500) },
    };

    public void Dispose() => _reader.Dispose();

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task What_can_be_read_is_answered(string what, string text)
    {
        foreach (var address in Addresses)
        {
            using var response = await _reader.GetAsync(address + Uri.EscapeDataString(text));
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode is HttpStatusCode.OK, $"{what} at {address}: {(int)response.StatusCode} {body[..Math.Min(body.Length, 300)]}");
            Assert.DoesNotContain("<script>alert", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(501, "q has 501 characters; shorten it to 500 or fewer.")]
    [InlineData(7_900, "q has 7,900 characters; shorten it to 500 or fewer.")]
    public async Task One_too_long_is_refused_with_the_field_and_the_limit(int length, string reason)
    {
        foreach (var address in Addresses)
        {
            using var response = await _reader.GetAsync(address + new string('a', length));
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            if (address.StartsWith("/search?", StringComparison.Ordinal))
            {
                Assert.Contains(reason, body, StringComparison.Ordinal);
                continue;
            }
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            using var problem = JsonDocument.Parse(body);
            Assert.Contains(reason, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("%00", "control characters")]
    [InlineData("a%07b", "control characters")]
    [InlineData("%ED%A0%80", "not valid UTF-8")]
    [InlineData("%F0%9F%A7", "not valid UTF-8")]
    [InlineData("%zz", "write a percent sign as %25")]
    public async Task What_is_no_text_is_refused_and_says_why(string query, string reason)
    {
        foreach (var address in Addresses)
        {
            var (status, text) = await RawRequest.GetAsync(fixture.Service.Address, address + query);
            Assert.True(status is 400, $"{address}{query} answered {status}.");
            Assert.Contains(reason, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_megabyte_and_five_thousand_words_are_refused_at_once()
    {
        foreach (var address in Addresses)
        {
            Assert.Equal(414, (await RawRequest.GetAsync(fixture.Service.Address, address + new string('a', 1 << 20))).Status);
            Assert.Equal(414, (await RawRequest.GetAsync(fixture.Service.Address, address + string.Join('+', Enumerable.Range(0, 5_000)))).Status);
        }
    }

    [Theory]
    [InlineData("sort")]
    [InlineData("mode")]
    [InlineData("from")]
    [InlineData("edition")]
    [InlineData("limit")]
    public async Task A_wrong_value_cut_between_the_halves_of_a_character_is_still_shown(string field)
    {
        using var response = await _reader.GetAsync($"/api/search?q=noise&{field}={Uri.EscapeDataString(new string('x', 39) + "🧠🧠")}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"{field} is 'xxx", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
