using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Security;

public sealed class SecurityHeadersTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/papers/2508.06601")]
    [InlineData("/papers/2508.06601v1")]
    [InlineData("/papers/2508.06601/bibtex")]
    [InlineData("/papers/date/never")]
    [InlineData("/nothing/here")]
    [InlineData("/account/sign-in")]
    [InlineData("/healthz")]
    [InlineData("/robots.txt")]
    [InlineData("/favicon.ico")]
    [InlineData("/assets/none.css")]
    public async Task Every_answer_forbids_what_the_site_does_not_use(string path)
    {
        using var response = await _reader.GetAsync(path);

        AssertSecured(response);
    }

    [Fact]
    public async Task A_page_from_the_cache_carries_them_too()
    {
        using var first = await _reader.GetAsync("/about");
        using var second = await _reader.GetAsync("/about");

        AssertSecured(second);
        Assert.True(second.Headers.Age is not null, "Expected the second answer to come from the cache.");
    }

    [Fact]
    public async Task Nothing_tells_which_server_answers()
    {
        using var response = await _reader.GetAsync("/");

        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("X-Powered-By"));
    }

    [Fact]
    public async Task Cookies_are_for_this_site_and_not_for_scripts()
    {
        var set = new List<string>();
        using (var form = await _reader.GetAsync("/account/register"))
        {
            set.AddRange(form.Headers.GetValues("Set-Cookie"));
            var page = await Reader.PageOfAsync(form);
            using var registered = await _reader.PostAsync(
                "/account/register",
                ("__RequestVerificationToken", Reader.Token(page)), ("name", "Cookie Reader"), ("email", $"{Guid.NewGuid():N}@example.org"), ("password", Reader.Password));
            set.AddRange(registered.Headers.GetValues("Set-Cookie"));
        }

        Assert.Equal(["papers.form", "papers.session"], set.Select(cookie => cookie.Split('=')[0]).Distinct().Order());
        Assert.All(set, cookie =>
        {
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("; samesite=(lax|strict)", cookie.ToLowerInvariant());
            Assert.DoesNotContain("; domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Cookies_are_for_tls_only_when_the_site_is()
    {
        using var response = await _reader.SendAsync(HttpMethod.Get, "/account/sign-in", headers: ("X-Forwarded-Proto", "https"));

        Assert.All(response.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_page_with_a_form_token_is_kept_by_no_cache()
    {
        await _reader.RegisterAsync();

        foreach (var path in (string[])["/", "/papers/" + SampleContent.PaperWithReproduction, "/account/sign-in"])
        {
            using var response = await _reader.GetAsync(path);
            Assert.True(response.Headers.CacheControl is { NoStore: true }, $"{path} may be stored.");
        }
    }

    internal static void AssertSecured(HttpResponseMessage response)
    {
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Single(response.Headers.GetValues("Referrer-Policy"));
        Assert.Single(response.Headers.GetValues("Permissions-Policy"));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Opener-Policy")));
    }
}
