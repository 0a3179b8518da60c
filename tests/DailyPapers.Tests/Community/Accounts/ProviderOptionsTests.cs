using DailyPapers.Community.Accounts;
using DailyPapers.TestSupport;
using Microsoft.Extensions.Options;

namespace DailyPapers.Tests.Community.Accounts;

public class ProviderOptionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("openid")]
    [InlineData(" openid  email ")]
    [InlineData("email openid federated:id")]
    [InlineData("openid https://provider.example/scopes/name.read")]
    public async Task Scopes_that_have_openid_are_accepted(string? scopes)
    {
        await using var papers = await StartAsync(scopes);
        Assert.Equal(scopes ?? "openid profile email", papers.Get<IOptions<AccountOptions>>().Value.Providers["orcid"].Scopes);
    }

    [Theory]
    [InlineData("", "it must have \"openid\"")]
    [InlineData("profile email", "it must have \"openid\"")]
    [InlineData("OpenID", "it must have \"openid\"")]
    [InlineData("openid,profile", "it must have \"openid\"")]
    [InlineData("openid profile,email", "has \"profile,email\"; separate scopes by blanks")]
    [InlineData("openid prénom", "has \"prénom\"")]
    public async Task Others_are_refused_with_the_setting_and_the_remedy(string scopes, string problem)
    {
        await using var papers = await StartAsync(scopes);
        var refused = Assert.Throws<OptionsValidationException>(() => papers.Get<IOptions<AccountOptions>>().Value);
        Assert.Contains("Accounts:Providers:orcid:Scopes", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private static Task<TemporaryPapers> StartAsync(string? scopes) => TemporaryPapers.CreateAsync(
    [
        new("Accounts:Providers:orcid:Authority", "https://orcid.org"),
        new("Accounts:Providers:orcid:ClientId", "APP-1"),
        new("Accounts:Providers:orcid:ClientSecret", "secret"),
        .. scopes is null ? [] : (KeyValuePair<string, string?>[])[new("Accounts:Providers:orcid:Scopes", scopes)],
    ]);
}
