using System.Net;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Security;

public sealed class CrossSiteRequestTests(ServiceFixture fixture) : IDisposable
{
    private const string Upvote = $"/papers/{SampleContent.PaperWithoutReproduction}/upvote";

    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "CROSS-SITE")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1")]
    public async Task A_post_from_another_site_is_refused_even_with_a_token(string header, string value)
    {
        await _reader.RegisterAsync();
        var token = Reader.Token(await _reader.PageAsync("/about"));

        using var response = await _reader.SendAsync(
            HttpMethod.Post, Upvote, Reader.Form(("__RequestVerificationToken", token), ("wanted", "true")), (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("another site", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        SecurityHeadersTests.AssertSecured(response);
    }

    [Fact]
    public async Task A_post_from_this_site_is_let_through()
    {
        await _reader.RegisterAsync();
        var token = Reader.Token(await _reader.PageAsync("/about"));
        var origin = fixture.Service.Address.GetLeftPart(UriPartial.Authority);

        foreach (var (header, value) in ((string, string)[])[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none"), ("Origin", origin)])
        {
            using var response = await _reader.SendAsync(
                HttpMethod.Post, Upvote, Reader.Form(("__RequestVerificationToken", token), ("wanted", "false")), (header, value));
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/register")]
    [InlineData("/account/sign-out")]
    [InlineData(Upvote)]
    public async Task A_post_without_a_token_changes_nothing(string path)
    {
        await _reader.RegisterAsync();

        foreach (var token in (string[])["", "forged", "CfDJ8" + new string('A', 150)])
        {
            using var response = await _reader.PostAsync(path, ("__RequestVerificationToken", token), ("wanted", "true"), ("email", "a@example.org"), ("name", "A"), ("password", Reader.Password));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("expired", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.NotNull((await _reader.PageAsync("/about")).QuerySelector(".who"));
    }

    [Fact]
    public async Task A_token_of_another_person_is_refused()
    {
        using var other = fixture.NewReader();
        await other.RegisterAsync();
        var foreign = Reader.Token(await other.PageAsync("/about"));
        await _reader.RegisterAsync();

        using var response = await _reader.PostAsync(Upvote, ("__RequestVerificationToken", foreign), ("wanted", "true"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Reading_from_another_site_is_welcome()
    {
        using var response = await _reader.SendAsync(HttpMethod.Get, "/", headers: ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/about")]
    [InlineData("/papers/2508.06601")]
    public async Task Other_methods_change_nothing(string path)
    {
        foreach (var method in (string[])["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
        {
            using var response = await _reader.SendAsync(new HttpMethod(method), path);
            Assert.True((int)response.StatusCode is 404 or 405, $"{method} {path} answered {(int)response.StatusCode}.");
        }
    }
}
