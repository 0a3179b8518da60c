using System.Net;
using AngleSharp.Html.Dom;
using DailyPapers.TestSupport;
using DailyPapers.Web.Tests.Community;

namespace DailyPapers.Web.Tests.Security;

/// <summary>An address to return to leads to this site or nowhere, however it is written.</summary>
public sealed class ReturnAddressTests(ServiceFixture fixture)
{
    public static TheoryData<string> Elsewhere => new(
        "//evil.example",
        "///evil.example",
        "////evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/ /evil.example/..//evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "HTTPS:\\\\evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "%2f%2fevil.example",
        "/%2fevil.example",
        "/%5cevil.example",
        "/%09/evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/\u2215/evil.example",
        "/\uff0fevil.example",
        "@evil.example",
        ".evil.example",
        "/@evil.example",
        "~/evil",
        "evil.example");

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Signing_in_returns_to_this_site(string back)
    {
        using var reader = fixture.NewReader();
        var (email, page) = (await reader.RegisterAsync(), "/account/sign-in?return=" + Uri.EscapeDataString(back));
        (await reader.SubmitAsync("/about", "/account/sign-out")).Dispose();
        if (!back.Any(sign => sign is '\t' or '\n'))
            AssertLinks(await reader.PageAsync(page));

        using var signedIn = await reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password), ("return", back));

        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        AssertLocal(signedIn);
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Registering_and_the_second_step_return_to_this_site(string back)
    {
        using var reader = fixture.NewReader();
        using (var step = await reader.GetAsync("/account/second-step?return=" + Uri.EscapeDataString(back)))
        {
            if (step.StatusCode is HttpStatusCode.Redirect)
            {
                AssertLocal(step);
                var handed = Uri.UnescapeDataString(step.Headers.Location!.OriginalString.Split("return=")[1]);
                Assert.Equal(fixture.Service.Address.Authority, AsBrowsersRead(handed).Authority);
            }
        }
        using var registered = await reader.SubmitAsync(
            "/account/register", "/account/register", ("name", "Back Again"), ("email", $"{Guid.NewGuid():N}@example.org"), ("password", Reader.Password), ("return", back));

        Assert.Equal(HttpStatusCode.Redirect, registered.StatusCode);
        AssertLocal(registered);
    }

    [Theory]
    [InlineData("https://evil.example/papers/date/2025-08-13")]
    [InlineData("http://127.0.0.1.evil.example/")]
    [InlineData("{site}//evil.example")]
    [InlineData("{site}/\\evil.example")]
    [InlineData("{site}/%2f/evil.example")]
    [InlineData("{site}@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example")]
    public async Task The_page_a_form_was_on_is_one_of_this_site(string referer)
    {
        var (reader, _) = await fixture.MemberAsync();
        using (reader)
        {
            referer = referer.Replace("{site}", fixture.Service.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
            var token = Reader.Token(await reader.PageAsync("/about"));
            foreach (var (path, field, value) in (IEnumerable<(string, string, string)>)[
                ($"/papers/{SampleContent.PaperWithReproduction}/upvote", "wanted", "false"), ("/following", "kind", "author"), ("/reading/1", "state", "none")])
            {
                using var response = await reader.SendAsync(
                    HttpMethod.Post, path, Reader.Form(("__RequestVerificationToken", token), (field, value), ("value", "Ada Example")), ("Referer", referer));
                Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
                AssertLocal(response);
            }
            using var anonymous = fixture.NewReader();
            using var asked = await anonymous.SendAsync(HttpMethod.Post, "/following", Reader.Form(), ("Referer", referer));
            AssertLocal(asked);
            Assert.Equal(fixture.Service.Address.Authority, AsBrowsersRead(Uri.UnescapeDataString(asked.Headers.Location!.OriginalString.Split("return=")[1])).Authority);
        }
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("//evil.example/account")]
    [InlineData("/\\evil.example/account")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/papers//evil.example")]
    [InlineData("/people/%2F%2Fevil.example")]
    [InlineData("/papers/%2F%2Fevil.example")]
    [InlineData("/papers/date/%2F%2Fevil.example")]
    [InlineData("/collections/1/%2F%2Fevil.example")]
    [InlineData("/search/like/%2F%2Fevil.example")]
    [InlineData("/account//evil.example")]
    public async Task An_address_of_this_site_leads_to_no_other(string target)
    {
        var (status, text) = await RawRequest.GetAsync(fixture.Service.Address, target);

        Assert.True(status < 500, $"{target} answered {status}.");
        if (text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Location: ", StringComparison.OrdinalIgnoreCase)) is { } line)
            Assert.Equal(fixture.Service.Address.Authority, AsBrowsersRead(line["Location: ".Length..]).Authority);
    }

    private void AssertLocal(HttpResponseMessage response) =>
        Assert.Equal(fixture.Service.Address.Authority, AsBrowsersRead(response.Headers.GetValues("Location").Single()).Authority);

    private void AssertLinks(IHtmlDocument page)
    {
        Assert.All(page.QuerySelectorAll("a[href]"), link => Assert.Equal(fixture.Service.Address.Authority, AsBrowsersRead(link.GetAttribute("href")!).Authority));
        Assert.All(page.QuerySelectorAll("form[action]"), form => Assert.Equal(fixture.Service.Address.Authority, AsBrowsersRead(form.GetAttribute("action")!).Authority));
    }

    // Tabs and line ends are dropped, and a backslash is a slash.
    private Uri AsBrowsersRead(string address) =>
        new(fixture.Service.Address, string.Concat(address.Where(sign => sign is not ('\t' or '\n' or '\r'))).Trim().Replace('\\', '/'));
}
