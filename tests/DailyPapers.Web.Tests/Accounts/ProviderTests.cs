using System.Net;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

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
        var page = await ProviderVisit.GoAsync(reader, link.GetAttribute("href")!);
        Assert.Equal("Ada at the provider", page.QuerySelector("#name")!.GetAttribute("value"));
        using var made = await reader.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Ada"));
        Assert.Equal("/lab", made.Headers.Location?.OriginalString);
        Assert.Equal("Ada", (await reader.PageAsync("/about")).QuerySelector(".who")!.TextContent);

        using var elsewhere = ServiceFixture.NewReader(_service);
        _provider.Email = "moved@provider.example";
        await ProviderVisit.GoAsync(elsewhere, "/account/providers/university?return=%2Flab");
        Assert.Equal("Ada", (await elsewhere.PageAsync("/about")).QuerySelector(".who")!.TextContent);
        Assert.Contains("through another service", (await elsewhere.PageAsync("/account/sessions")).QuerySelector(".rows")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_matching_address_signs_nobody_in_but_who_is_signed_in_may_add_it()
    {
        using var reader = ServiceFixture.NewReader(_service);
        _provider.Email = await reader.RegisterAsync("Grace");
        using var stranger = ServiceFixture.NewReader(_service);
        var refused = await ProviderVisit.GoAsync(stranger, "/account/providers/university", HttpStatusCode.BadRequest);
        Assert.Contains("Sign in to it", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await stranger.PageAsync("/about")).QuerySelector(".who"));

        var page = await ProviderVisit.GoAsync(reader, "/account/providers/university");
        using var wrong = await reader.PostAsync("/account/security/providers", ("__RequestVerificationToken", Reader.Token(page)), ("current", "not the one"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var added = await reader.PostAsync("/account/security/providers", ("__RequestVerificationToken", Reader.Token(page)), ("current", Reader.Password));
        Assert.Equal("/account/security?done=provider", added.Headers.Location?.OriginalString);
        await ProviderVisit.GoAsync(stranger, "/account/providers/university");
        Assert.Equal("Grace", (await stranger.PageAsync("/about")).QuerySelector(".who")!.TextContent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public async Task An_address_that_nobody_vouches_for_is_only_a_suggestion(bool? isVerified)
    {
        using var grace = ServiceFixture.NewReader(_service);
        var taken = await grace.RegisterAsync("Grace");
        (_provider.IsEmailVerified, _provider.Email) = (isVerified, taken);
        using var reader = ServiceFixture.NewReader(_service);
        var page = await ProviderVisit.GoAsync(reader, "/account/providers/university");
        Assert.Equal(taken, page.QuerySelector("#email")!.GetAttribute("value"));
        Assert.Contains("does not vouch", page.QuerySelector(".form-page")!.TextContent, StringComparison.Ordinal);

        // The address of another's account gets nobody into it, nor to a second one.
        using (var refused = await reader.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Ada"), ("email", taken)))
            Assert.Equal(taken, (await Reader.PageOfAsync(refused, HttpStatusCode.BadRequest)).QuerySelector("#email")!.GetAttribute("value"));
        Assert.Null((await reader.PageAsync("/about")).QuerySelector(".who"));

        using var made = await reader.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Ada"), ("email", "ada-own@example.org"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal("Ada", (await reader.PageAsync("/about")).QuerySelector(".who")!.TextContent);
        await using var db = await _service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.False((await db.Users.SingleAsync(a => a.Email == "ada-own@example.org", TestContext.Current.CancellationToken)).EmailConfirmed);
    }

    [Fact]
    public async Task Who_proves_an_address_by_resetting_its_password_ends_the_ways_to_sign_in_of_who_had_not()
    {
        _provider.IsEmailVerified = false;
        using var squatter = ServiceFixture.NewReader(_service);
        var page = await ProviderVisit.GoAsync(squatter, "/account/providers/university");
        (await squatter.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Not Ada"), ("email", "owner@example.org"))).Dispose();

        using var owner = ServiceFixture.NewReader(_service);
        (await owner.SubmitAsync("/account/forgot", "/account/forgot", ("email", "owner@example.org"))).Dispose();
        var link = Mailbox.Link(_service, "owner@example.org", "/account/reset");
        using (var reset = await owner.SubmitAsync(link, "/account/reset", ("token", link.Split("token=")[1]), ("password", Reader.Password)))
            await Reader.PageOfAsync(reset);
        Assert.Null((await squatter.PageAsync("/about")).QuerySelector(".who"));
        Assert.NotNull((await ProviderVisit.GoAsync(squatter, "/account/providers/university")).QuerySelector("#email"));
    }

    [Fact]
    public async Task Where_accounts_are_made_by_invitation_a_provider_makes_none_without()
    {
        await using var service = await RunningService.StartAsync(settings: [.. _provider.Settings("university", "Example University"), new("Accounts:SignUp", "Invitation")]);
        using var reader = ServiceFixture.NewReader(service);
        var page = await ProviderVisit.GoAsync(reader, "/account/providers/university", HttpStatusCode.BadRequest);
        Assert.Contains("made by invitation", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_without_anybody_at_the_provider_makes_no_account()
    {
        using var reader = ServiceFixture.NewReader(_service);
        using var forced = await reader.SubmitAsync("/account/sign-in", "/account/providers/register", ("name", "Ada"), ("email", "ada@example.org"));
        Assert.Equal(HttpStatusCode.BadRequest, forced.StatusCode);
    }

    [Fact]
    public async Task A_refusal_and_an_answer_nobody_asked_for_sign_nobody_in()
    {
        _provider.Refuses = true;
        using var reader = ServiceFixture.NewReader(_service);
        var page = await ProviderVisit.GoAsync(reader, "/account/providers/university", HttpStatusCode.BadRequest);
        Assert.Contains("did not sign you in", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        await ProviderVisit.GoAsync(reader, "/account/providers/university/callback?code=x&state=y", HttpStatusCode.BadRequest);
        await reader.PageAsync("/account/providers/none", HttpStatusCode.NotFound);
        Assert.Null((await reader.PageAsync("/about")).QuerySelector(".who"));
    }

    [Fact]
    public async Task A_provider_that_is_down_ends_on_our_page()
    {
        var provider = await TestProvider.StartAsync();
        var settings = provider.Settings("university", "Example University").ToList();
        await provider.DisposeAsync();
        await using var service = await RunningService.StartAsync(settings: settings);
        using var reader = ServiceFixture.NewReader(service);
        var page = await ProviderVisit.GoAsync(reader, "/account/providers/university", HttpStatusCode.BadGateway);
        Assert.Contains("cannot be reached", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }
}
