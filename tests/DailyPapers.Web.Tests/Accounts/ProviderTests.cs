using System.Net;
using AngleSharp.Html.Dom;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Accounts;

public sealed class ProviderTests : IAsyncLifetime
{
    private TestProvider _provider = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _service = await RunningService.StartAsync(settings: _provider.Settings("university", "Example University"));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_new_makes_an_account_and_signs_in_with_it_again()
    {
        using var reader = ServiceFixture.NewReader(_service);
        var signIn = await reader.PageAsync("/account/sign-in?return=%2Flab");
        var link = signIn.QuerySelector("a.secondary")!;
        Assert.Equal("Sign in with Example University", link.TextContent);
        var page = await GoAsync(reader, link.GetAttribute("href")!);
        Assert.Equal("Ada at the provider", page.QuerySelector("#name")!.GetAttribute("value"));
        using var made = await reader.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Ada"));
        Assert.Equal("/lab", made.Headers.Location?.OriginalString);
        Assert.Equal("Ada", (await reader.PageAsync("/about")).QuerySelector(".who")!.TextContent);

        using var elsewhere = ServiceFixture.NewReader(_service);
        _provider.Email = "moved@provider.example";
        await GoAsync(elsewhere, "/account/providers/university?return=%2Flab");
        Assert.Equal("Ada", (await elsewhere.PageAsync("/about")).QuerySelector(".who")!.TextContent);
        Assert.Contains("through another service", (await elsewhere.PageAsync("/account/sessions")).QuerySelector(".rows")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_matching_address_signs_nobody_in_but_who_is_signed_in_may_add_it()
    {
        using var reader = ServiceFixture.NewReader(_service);
        _provider.Email = await reader.RegisterAsync("Grace");
        using var stranger = ServiceFixture.NewReader(_service);
        var refused = await GoAsync(stranger, "/account/providers/university", HttpStatusCode.BadRequest);
        Assert.Contains("Sign in to it", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await stranger.PageAsync("/about")).QuerySelector(".who"));

        var page = await GoAsync(reader, "/account/providers/university");
        using var wrong = await reader.PostAsync("/account/security/providers", ("__RequestVerificationToken", Reader.Token(page)), ("current", "not the one"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var added = await reader.PostAsync("/account/security/providers", ("__RequestVerificationToken", Reader.Token(page)), ("current", Reader.Password));
        Assert.Equal("/account/security?done=provider", added.Headers.Location?.OriginalString);
        await GoAsync(stranger, "/account/providers/university");
        Assert.Equal("Grace", (await stranger.PageAsync("/about")).QuerySelector(".who")!.TextContent);
    }

    [Fact]
    public async Task An_address_that_nobody_vouches_for_makes_no_account()
    {
        _provider.IsEmailVerified = false;
        using var reader = ServiceFixture.NewReader(_service);
        var page = await GoAsync(reader, "/account/providers/university", HttpStatusCode.BadRequest);
        Assert.Contains("does not vouch", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var forced = await reader.SubmitAsync("/account/sign-in", "/account/providers/register", ("name", "Ada"));
        Assert.Equal(HttpStatusCode.BadRequest, forced.StatusCode);
    }

    [Fact]
    public async Task A_refusal_and_an_answer_nobody_asked_for_sign_nobody_in()
    {
        _provider.Refuses = true;
        using var reader = ServiceFixture.NewReader(_service);
        var page = await GoAsync(reader, "/account/providers/university", HttpStatusCode.BadRequest);
        Assert.Contains("did not sign you in", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        await GoAsync(reader, "/account/providers/university/callback?code=x&state=y", HttpStatusCode.BadRequest);
        await reader.PageAsync("/account/providers/none", HttpStatusCode.NotFound);
        Assert.Null((await reader.PageAsync("/about")).QuerySelector(".who"));
    }

    /// <summary>Follows redirects, to the provider and back, to the page they end at.</summary>
    private static async Task<IHtmlDocument> GoAsync(Reader reader, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        for (var i = 0; i < 10; i++)
        {
            using var response = await reader.GetAsync(path);
            if (response.StatusCode is not HttpStatusCode.Redirect)
                return await Reader.PageOfAsync(response, status);
            path = response.Headers.Location!.OriginalString;
        }
        throw new InvalidOperationException("The redirects do not end.");
    }
}
