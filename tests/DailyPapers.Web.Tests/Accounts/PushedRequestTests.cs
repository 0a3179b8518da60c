using System.Net;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Accounts;

/// <summary>Signing in with a provider that takes the request from this service before the visitor comes (RFC 9126), as Keycloak.</summary>
public sealed class PushedRequestTests
{
    private const string Begin = "/account/providers/keycloak?return=%2Flab";

    [Fact]
    public async Task Somebody_signs_in_and_the_request_did_not_go_through_the_browser()
    {
        await using var provider = await TestProvider.StartAsync(takesPushedRequests: true);
        await using var service = await RunningService.StartAsync(settings: provider.Settings("keycloak", "Keycloak"));
        using var reader = ServiceFixture.NewReader(service);
        var page = await ProviderVisit.GoAsync(reader, Begin);
        Assert.Equal(1, provider.Pushed);
        Assert.Equal("openid profile email", provider.Asked);
        using var made = await reader.PostAsync("/account/providers/register", ("__RequestVerificationToken", Reader.Token(page)), ("name", "Ada"));
        Assert.Equal("/lab", made.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("openid papers", "daily-papers")]
    [InlineData("openid", "another client")]
    public async Task A_request_the_provider_refuses_ends_on_our_page_and_in_the_log_not_in_an_error(string scopes, string client)
    {
        await using var provider = await TestProvider.StartAsync(takesPushedRequests: true);
        await using var service = await RunningService.StartAsync(
            settings: provider.Settings("keycloak", "Keycloak", scopes, client));
        using var reader = ServiceFixture.NewReader(service);
        var page = await ProviderVisit.GoAsync(reader, Begin, HttpStatusCode.BadRequest);
        Assert.Equal(1, provider.Pushed);
        Assert.Contains("did not sign you in", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }
}
