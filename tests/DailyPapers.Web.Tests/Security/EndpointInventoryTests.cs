using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace DailyPapers.Web.Tests.Security;

/// <summary>Every endpoint that can change something says how it is protected; a new one fails here until it does.</summary>
public sealed class EndpointInventoryTests(ServiceFixture fixture)
{
    /// <summary>Endpoints for everybody: no account is needed, for this reason.</summary>
    private static readonly Dictionary<string, string> Anonymous = new()
    {
        ["POST /account/sign-in"] = "is how one gets an account's session",
        ["POST /account/second-step"] = "is the other half of signing in",
        ["POST /account/passkey"] = "is another way of signing in",
        ["POST /account/passkey/options"] = "asks the device for the other way of signing in",
        ["POST /account/providers/register"] = "is how one gets an account through another service, which vouches in a cookie",
        ["POST /account/register"] = "is how one gets an account",
        ["POST /account/register/complete"] = "is allowed by the secret in the mail",
        ["POST /account/setup"] = "is allowed by the secret on the console",
        ["POST /account/forgot"] = "is for who cannot sign in",
        ["POST /account/reset"] = "is allowed by the secret in the mail",
        ["POST /account/email/confirm"] = "is allowed by the secret in the mail",
        ["POST /account/sign-out"] = "does nothing to who has no session",
        ["POST /language"] = "is for every visitor's own pages",
        ["POST /subscribe"] = "is for readers of the mail, who need no account",
        ["POST /subscribe/confirm"] = "is allowed by the secret in the mail",
        ["POST /unsubscribe"] = "is allowed by the secret in the mail",
        ["POST /notifications/unsubscribe"] = "is allowed by the secret in the mail",
        ["ANY /{**path}"] = "is the page for what does not exist",
    };

    /// <summary>Endpoints without a form token, for this reason.</summary>
    private static readonly Dictionary<string, string> WithoutToken = new()
    {
        ["POST /language"] = "stands on cached pages and only sets a cookie; other sites are refused by their headers",
        ["POST /subscribe"] = "stands on cached pages and only sends a mail that asks; other sites are refused by their headers",
        ["POST /subscribe/confirm"] = "needs the secret in the mail, which no other site knows",
        ["POST /unsubscribe"] = "needs the secret in the mail, which no other site knows",
        ["POST /notifications/unsubscribe"] = "needs the secret in the mail, which no other site knows",
        ["ANY /{**path}"] = "changes nothing",
    };

    /// <summary>Endpoints without a limit on how often, for this reason.</summary>
    private static readonly Dictionary<string, string> WithoutRate = new()
    {
        ["POST /account/sign-out"] = "costs nothing and can only be done once",
        ["ANY /{**path}"] = "changes nothing",
    };

    [Fact]
    public void What_changes_something_needs_an_account_or_a_reason() =>
        Check(Anonymous, endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);

    [Fact]
    public void What_changes_something_needs_a_form_token_or_a_reason() =>
        Check(WithoutToken, endpoint => endpoint.Metadata.GetMetadata<RequiresAntiforgeryToken>() is not null);

    [Fact]
    public void What_changes_something_has_a_rate_or_a_reason() =>
        Check(WithoutRate, endpoint => endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null);

    [Fact]
    public void Only_leaving_a_mail_takes_posts_from_other_sites() => Assert.Equal(
        ["POST /notifications/unsubscribe", "POST /unsubscribe"],
        Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<AllowsOtherSites>() is not null).SelectMany(Names).Order(StringComparer.Ordinal));

    [Fact]
    public void Only_the_mapped_areas_answer() => Assert.Equal(
        ["", "about", "account", "admin", "api", "assets", "authorship", "collections", "comments", "desk", "favicon.ico", "following", "for-you", "healthz", "lab", "language", "moderation", "notifications", "papers", "people", "privacy", "reading", "robots.txt", "search", "submit", "subscribe", "unsubscribe", "{**path}"],
        Endpoints().Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').Split('/')[0]).Distinct().Order(StringComparer.Ordinal));

    private void Check(Dictionary<string, string> exceptions, Func<RouteEndpoint, bool> isProtected)
    {
        var changing = Endpoints().SelectMany(endpoint => Names(endpoint).Select(name => (Name: name, Endpoint: endpoint)))
            .Where(entry => !entry.Name.StartsWith("GET ", StringComparison.Ordinal) && !entry.Name.StartsWith("HEAD ", StringComparison.Ordinal))
            .ToList();
        Assert.Contains(changing, entry => entry.Name == "POST /papers/{key}/upvote");

        Assert.DoesNotContain(changing, entry => !isProtected(entry.Endpoint) && !exceptions.ContainsKey(entry.Name));
        // A reason outlives its endpoint, or its need, only by mistake.
        Assert.All(exceptions.Keys, name => Assert.Contains(changing, entry => entry.Name == name && !isProtected(entry.Endpoint)));
    }

    private IEnumerable<RouteEndpoint> Endpoints() => fixture.Service.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    internal static IEnumerable<string> Names(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        return endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } methods
            ? methods.HttpMethods.Select(method => $"{method} {pattern}")
            : [$"ANY {pattern}"];
    }
}
