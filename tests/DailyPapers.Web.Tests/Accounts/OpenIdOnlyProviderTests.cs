using System.Net;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Tests.Accounts;

/// <summary>Signing in with a provider that knows the scope <c>openid</c> only, refuses others, and gives no address, as ORCID.</summary>
public sealed class OpenIdOnlyProviderTests
{
    private const string Begin = "/account/providers/orcid?return=%2Flab";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_names_an_address_and_signs_in_again_without_it()
    {
        await using var provider = await StartAsync();
        await using var service = await RunningService.StartAsync(settings: provider.Settings("orcid", "ORCID", "openid"));
        using var reader = ServiceFixture.NewReader(service);

        var page = await ProviderVisit.GoAsync(reader, Begin);
        Assert.Equal("openid", provider.Asked);
        Assert.Equal(("Ada at the provider", ""), (page.QuerySelector("#name")!.GetAttribute("value"), page.QuerySelector("#email")!.GetAttribute("value") ?? ""));
        using (var incomplete = await reader.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Ada"), ("email", "")))
            Assert.Contains("not complete", (await Reader.PageOfAsync(incomplete, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var made = await reader.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Ada"), ("email", "ada@example.org"));
        Assert.Equal("/lab", made.Headers.Location?.OriginalString);
        Assert.Equal("Ada", (await reader.PageAsync("/about")).QuerySelector(".who")!.TextContent);

        using var elsewhere = ServiceFixture.NewReader(service);
        await ProviderVisit.GoAsync(elsewhere, Begin);
        Assert.Equal("Ada", (await elsewhere.PageAsync("/about")).QuerySelector(".who")!.TextContent);
    }

    [Fact]
    public async Task Where_addresses_are_confirmed_the_mail_s_link_and_the_provider_make_the_account_in_one_browser()
    {
        await using var provider = await StartAsync();
        await using var service = await RunningService.StartAsync(
            settings: [.. provider.Settings("orcid", "ORCID", "openid"), new("Accounts:ConfirmAddresses", "true")]);

        // Somebody else names Ada's address; Ada opens the link, with an account of her own at the provider.
        using var other = ServiceFixture.NewReader(service);
        provider.Subject = "somebody else";
        var asked = await ProviderVisit.GoAsync(other, Begin);
        using (var mailed = await other.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(asked)), ("name", "Ada"), ("email", "ada@example.org")))
            Assert.Equal("Look into your mailbox", (await Reader.PageOfAsync(mailed)).QuerySelector("h1")!.TextContent);
        Assert.Null((await other.PageAsync("/about")).QuerySelector(".who"));

        using var ada = ServiceFixture.NewReader(service);
        provider.Subject = "0000-0002-1825-0097";
        var link = Mailbox.Link(service, "ada@example.org", "/account/register/complete");
        var choice = (await ada.PageAsync(link)).QuerySelector("a.secondary")!;
        Assert.Equal("Use ORCID instead of a password", choice.TextContent);
        var page = await ProviderVisit.GoAsync(ada, choice.GetAttribute("href")!);
        Assert.Null(page.QuerySelector("#email"));
        Assert.Contains("ada@example.org", page.QuerySelector(".form-page")!.TextContent, StringComparison.Ordinal);
        // What a form says of the address is not asked.
        using var made = await ada.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Ada L"), ("email", "else@example.org"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal("Ada L", (await ada.PageAsync("/about")).QuerySelector(".who")!.TextContent);

        await using var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        var account = await db.Users.SingleAsync(Token);
        Assert.Equal(("ada@example.org", true), (account.Email, account.EmailConfirmed));
        Assert.Equal("0000-0002-1825-0097", (await db.UserLogins.SingleAsync(Token)).ProviderKey);
        await ada.PageAsync(link, HttpStatusCode.NotFound);
        provider.Subject = "somebody else";
        Assert.NotNull((await ProviderVisit.GoAsync(other, Begin)).QuerySelector("#email"));
        // The link is used up, also for who is at the provider already.
        await ProviderVisit.GoAsync(other, choice.GetAttribute("href")!, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Scopes_it_does_not_know_sign_nobody_in()
    {
        await using var provider = await StartAsync();
        await using var service = await RunningService.StartAsync(settings: provider.Settings("orcid", "ORCID"));
        using var reader = ServiceFixture.NewReader(service);
        var page = await ProviderVisit.GoAsync(reader, Begin, HttpStatusCode.BadRequest);
        Assert.Equal("openid profile email", provider.Asked);
        Assert.Contains("did not sign you in", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    private static Task<TestProvider> StartAsync() => TestProvider.StartAsync(knowsOnlyOpenId: true);
}
