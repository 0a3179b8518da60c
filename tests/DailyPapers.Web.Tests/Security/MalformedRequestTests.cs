using System.Text;

namespace DailyPapers.Web.Tests.Security;

public sealed class MalformedRequestTests(ServiceFixture fixture)
{
    [Theory]
    [InlineData("/papers/%ff")]
    [InlineData("/papers/%C3%28")]
    [InlineData("/papers/%ED%A0%80")]
    [InlineData("/papers/%00")]
    [InlineData("/%00")]
    [InlineData("/papers/a%00b")]
    [InlineData("/papers/%08")]
    [InlineData("/papers/%0B")]
    [InlineData("/papers/%1B%5B2J")]
    [InlineData("/papers/%7F")]
    [InlineData("/papers/date/%0d%0aSet-Cookie:x=y")]
    [InlineData("/about?x=%ff")]
    [InlineData("/about?x=%C0%AF")]
    [InlineData("/about?x=%00")]
    [InlineData("/about?x=%1B")]
    [InlineData("/about?x=%7F")]
    [InlineData("/about?x=%zz")]
    [InlineData("/about?x=%")]
    [InlineData("/about?x=%4")]
    [InlineData("/about?%ED%A0%80=1")]
    [InlineData("/account/sign-in?return=%E2%82")]
    public async Task An_unreadable_address_is_refused(string target)
    {
        var (status, text) = await RawRequest.GetAsync(fixture.Service.Address, target);

        Assert.True(status is 400, $"{target} answered {status}.");
        Assert.DoesNotContain("Set-Cookie", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/papers/%ff", "The path is not valid UTF-8")]
    [InlineData("/about?x=%ff", "The query is not valid UTF-8")]
    [InlineData("/about?x=%zz", "write a percent sign as %25")]
    [InlineData("/papers/%1B", "The path holds control characters")]
    [InlineData("/about?x=%01", "The query holds control characters")]
    public async Task The_refusal_says_what_is_wrong(string target, string reason)
    {
        var (_, text) = await RawRequest.GetAsync(fixture.Service.Address, target);

        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy:", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/about?x=100%25", 200)]
    [InlineData("/about?x=%C3%A9%E2%82%AC%F0%9F%93%84", 200)]
    [InlineData("/about?x=two%0D%0Alines%09tab", 200)]
    [InlineData("/about?x=é", 400)]
    [InlineData("/papers/100%25", 404)]
    [InlineData("/papers/%C3%A9t%C3%A9", 404)]
    [InlineData("/about/../about", 200)]
    [InlineData("//about", 404)]
    [InlineData("/about?", 200)]
    [InlineData("/about?&&==&x&=y", 200)]
    public async Task What_can_be_read_is_answered(string target, int expected)
    {
        var (status, _) = await RawRequest.GetAsync(fixture.Service.Address, target);

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(100_000)]
    [InlineData(10_000_000)]
    public async Task An_endless_query_is_refused_at_once(int length)
    {
        var (status, _) = await RawRequest.GetAsync(fixture.Service.Address, "/?q=" + new string('a', length));

        Assert.Equal(length <= 8_000 ? 200 : 414, status);
    }

    [Fact]
    public async Task Nothing_that_is_sent_as_a_path_fails_the_server()
    {
        // Every pair of a byte, escaped and plain, with characters that mean something to a router, a query or a file system.
        var parts = Enumerable.Range(0, 256).Select(value => $"%{value:X2}").Concat(["{", "}", "|", "\\", "^", "`", "<", ">", "\"", "~", ";", "*", "..", "."]);
        foreach (var part in parts)
        {
            var (status, text) = await RawRequest.GetAsync(fixture.Service.Address, $"/papers/{part}a{part}");
            Assert.True(status is 400 or 404, $"{part} answered {status}: {text[..Math.Min(text.Length, 300)]}");
        }
    }

    [Fact]
    public async Task A_form_larger_than_any_form_is_refused()
    {
        using var reader = fixture.NewReader();
        var page = await reader.PageAsync("/account/sign-in");
        using var body = new StringContent(
            $"__RequestVerificationToken={Uri.EscapeDataString(Reader.Token(page))}&email={new string('a', 200_000)}", Encoding.ASCII, "application/x-www-form-urlencoded");

        using var response = await reader.SendAsync(HttpMethod.Post, "/account/sign-in", body);

        Assert.Equal(413, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{\"email\":\"a@example.org\"}")]
    [InlineData("text/plain", "email=a@example.org")]
    [InlineData("multipart/form-data; boundary=x", "no boundary at all")]
    [InlineData("application/x-www-form-urlencoded", "=&&&%zz=%")]
    public async Task A_body_that_is_no_form_is_refused_and_says_why(string type, string text)
    {
        using var reader = fixture.NewReader();
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await reader.SendAsync(HttpMethod.Post, "/account/sign-in", body);

        Assert.InRange((int)response.StatusCode, 400, 415);
        Assert.NotEmpty(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
