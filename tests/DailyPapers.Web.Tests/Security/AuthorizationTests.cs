using System.Net;
using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Tests.Security;

/// <summary>Calls every endpoint as every kind of visitor. A new endpoint fails here until it is said whom it is for.</summary>
public sealed class AuthorizationTests(ServiceFixture fixture)
{
    private static readonly Dictionary<Audience, string[]> Rules = new()
    {
        [Audience.Everybody] =
        [
            "GET /", "GET /about", "GET /privacy", "GET /robots.txt", "GET /healthz", "GET /assets/{file}", "GET /favicon.ico", "GET /papers", "GET /papers/date/{name}",
            "GET /papers/week/{name}", "GET /papers/month/{name}", "GET /papers/trending", "GET /papers/{key}", "GET /papers/{archive}/{key}", "GET /papers/{key}/bibtex", "GET /papers/{archive}/{key}/bibtex", "GET /lab", "GET /lab/{slug}", "GET /lab/runs/{run:long}", "GET /lab/runs/{run:long}/{file}", "GET /lab/requests/{id:long}",
            "GET /search", "GET /search/feed.atom", "GET /search/like/{**key}", "GET /api/search", "GET /api/papers/search", "GET /api/papers/{key}/similar", "GET /api/papers/{archive}/{key}/similar", "GET /api/suggest",
            "POST /language", "GET /subscribe", "POST /subscribe", "GET /subscribe/confirm", "POST /subscribe/confirm", "GET /unsubscribe", "POST /unsubscribe",
            "GET /account/sign-in", "POST /account/sign-in", "GET /account/second-step", "POST /account/second-step", "POST /account/sign-out",
            "GET /account/register", "POST /account/register", "GET /account/register/complete", "POST /account/register/complete",
            "GET /account/setup", "POST /account/setup", "GET /account/forgot", "POST /account/forgot", "GET /account/reset", "POST /account/reset",
            "GET /account/email/confirm", "POST /account/email/confirm", "GET /account/providers/{key}", "GET /account/providers/return", "POST /account/providers/register",
            "POST /account/passkey", "POST /account/passkey/options", "ANY /{**path}",
            "GET /papers/{key}/comments.atom", "GET /papers/{archive}/{key}/comments.atom", "GET /notifications/feed/{secret}", "GET /notifications/unsubscribe",
            "POST /notifications/unsubscribe", "GET /moderation/log", "GET /following/feed.atom", "GET /people/{handle}", "GET /comments/{id:long}",
            "GET /comments/{id:long}/history", "GET /collections", "GET /collections/{id:long}/{slug?}", "GET /collections/{id:long}/export.{extension}",
            "GET /collections/{id:long}/feed.atom",
        ],
        [Audience.Readers] =
        [
            "POST /papers/{key}/upvote", "POST /papers/{archive}/{key}/upvote", "GET /account/searches", "POST /account/searches", "POST /account/searches/{id:long}/remove",
            "GET /account", "POST /account/name", "POST /account/email", "POST /account/password", "GET /account/export", "POST /account/delete",
            "GET /account/security", "POST /account/security/authenticator", "POST /account/security/authenticator/on",
            "POST /account/security/authenticator/off", "POST /account/security/recovery-codes",
            "POST /account/security/passkeys", "POST /account/security/passkeys/options", "POST /account/security/passkeys/remove",
            "POST /account/security/providers", "POST /account/security/providers/remove",
            "GET /account/sessions", "POST /account/sessions/{id:long}/end", "POST /account/sessions/end-others",
            "GET /account/invitations", "POST /account/invitations", "POST /account/invitations/{id:long}/withdraw",
            "POST /papers/{key}/comments", "POST /papers/{archive}/{key}/comments", "GET /account/handle", "POST /account/handle", "GET /comments/{id:long}/edit",
            "POST /comments/{id:long}/edit", "GET /comments/{id:long}/delete", "POST /comments/{id:long}/delete", "GET /comments/{id:long}/report",
            "POST /comments/{id:long}/report", "POST /comments/{id:long}/reactions", "GET /submit", "POST /submit", "POST /submit/entry", "GET /submit/mine",
            "POST /submit/mine/papers/{id:long}/withdraw", "POST /submit/mine/entries/{id:long}/withdraw", "GET /notifications", "GET /notifications/{id:long}",
            "POST /notifications/read", "GET /notifications/settings", "POST /notifications/settings", "POST /notifications/settings/feed/renew", "POST /notifications/settings/feed/end", "POST /collections",
            "POST /collections/collect", "POST /collections/{id:long}/edit", "POST /collections/{id:long}/delete", "POST /collections/{id:long}/order",
            "POST /collections/{id:long}/papers/{paper:long}/move", "POST /collections/{id:long}/papers/{paper:long}/note",
            "POST /collections/{id:long}/papers/{paper:long}/remove", "GET /reading", "GET /reading/read", "POST /reading/{paper:long}", "GET /following", "POST /following",
            "POST /following/{id:long}/remove", "POST /following/feed/renew", "POST /following/feed/end", "GET /for-you", "POST /for-you/choice", "GET /account/profile", "POST /account/profile",
            "GET /authorship", "POST /authorship", "POST /authorship/{id:long}/withdraw", "POST /lab/requests/{id:long}/cancel",
        ],
        [Audience.Curators] =
        [
            "GET /desk", "GET /desk/{date}", "POST /desk/{date}/pick", "POST /desk/{date}/drop", "POST /desk/{date}/up", "POST /desk/{date}/down", "POST /desk/{date}/order",
            "POST /desk/{date}/note", "POST /desk/{date}/skip", "POST /desk/{date}/unskip", "POST /desk/{date}/decline", "POST /desk/{date}/proposals/{id:long}/accept",
            "POST /desk/{date}/proposals/{id:long}/decline", "POST /desk/{date}/schedule", "POST /desk/{date}/unschedule", "POST /desk/{date}/publish", "GET /moderation",
            "GET /moderation/comments/{id:long}", "POST /moderation/comments/{id:long}/hide", "POST /moderation/comments/{id:long}/restore",
            "POST /moderation/comments/{id:long}/approve", "POST /moderation/comments/{id:long}/dismiss", "GET /moderation/accounts/{handle}",
            "POST /moderation/accounts/{handle}/ban", "POST /moderation/accounts/{handle}/unban", "GET /authorship/queue", "POST /authorship/{id:long}/decide", "POST /lab/{slug}/runs",
        ],
        [Audience.Administrators] = ["GET /admin/accounts", "POST /admin/accounts/{id:long}/role", "GET /admin/invitations", "GET /moderation/audit", "GET /moderation/filters", "POST /moderation/filters", "POST /moderation/filters/{id:long}/remove"],
    };

    private enum Audience
    {
        Everybody,
        Readers,
        Curators,
        Administrators,
    }

    [Fact]
    public void Every_endpoint_says_whom_it_is_for_and_every_rule_has_its_endpoint()
    {
        var (names, rules) = (Names().ToHashSet(), Rules.Values.SelectMany(names => names).ToList());
        var problems = names.Except(rules).Select(name => $"without a rule: {name}").Concat(rules.Except(names).Select(name => $"without an endpoint: {name}")).ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.Distinct(rules);
    }

    [Theory]
    [InlineData("anonymous", 0)]
    [InlineData("reader", 1)]
    [InlineData("curator", 2)]
    [InlineData("administrator", 3)]
    [InlineData("banned", 0)]
    public async Task Every_endpoint_lets_in_whom_it_is_for_and_nobody_else(string visitor, int reaches)
    {
        using var reader = await VisitorAsync(visitor);
        var wrong = new List<string>();
        foreach (var (audience, names) in Rules)
        {
            foreach (var name in names.Where(name => name != "POST /account/sign-out"))
            {
                using var response = await CallAsync(reader, name);
                var outcome = Outcome(response);
                var expected = (int)audience <= reaches ? "in" : reaches == 0 ? "asked to sign in" : "forbidden";
                if (outcome != expected)
                    wrong.Add($"{name}: {outcome} ({(int)response.StatusCode}), expected {expected}");
            }
        }
        Assert.Empty(wrong);
    }

    private static string Outcome(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => "asked to sign in",
        HttpStatusCode.Forbidden => "forbidden",
        // Asked to sign in by the endpoint, that is: the second step leads there by itself when the first is missing.
        HttpStatusCode.Redirect when response.Headers.Location!.OriginalString.StartsWith("/account/sign-in", StringComparison.Ordinal)
            && !response.RequestMessage!.RequestUri!.AbsolutePath.Contains("second-step", StringComparison.Ordinal) => "asked to sign in",
        _ => "in",
    };

    private static Task<HttpResponseMessage> CallAsync(Reader reader, string name)
    {
        var (method, pattern) = (name.Split(' ')[0], name.Split(' ')[1]);
        var path = pattern
            .Replace("{id:long}", "999999", StringComparison.Ordinal).Replace("{run:long}", "999999", StringComparison.Ordinal)
            .Replace("{name}", "2025-08-13", StringComparison.Ordinal).Replace("{date}", "2025-08-13", StringComparison.Ordinal)
            .Replace("{handle}", "nobody", StringComparison.Ordinal).Replace("{secret}", "none", StringComparison.Ordinal).Replace("{slug?}", "none", StringComparison.Ordinal)
            .Replace("{slug}", "none", StringComparison.Ordinal).Replace("{extension}", "json", StringComparison.Ordinal).Replace("{paper:long}", "999999", StringComparison.Ordinal).Replace("{file}", "none.svg", StringComparison.Ordinal)
            .Replace("{**path}", "no/such/page", StringComparison.Ordinal)
            .Replace("{archive}", "hep-th", StringComparison.Ordinal).Replace("{key}", "none", StringComparison.Ordinal).Replace("{**key}", "none", StringComparison.Ordinal);
        // Without the form's token: who is let in gets no further than its absence.
        return method == "POST" ? reader.PostAsync(path) : reader.GetAsync(path);
    }

    private async Task<Reader> VisitorAsync(string kind)
    {
        var reader = fixture.NewReader();
        if (kind == "anonymous")
            return reader;
        var email = await reader.RegisterAsync();
        var token = TestContext.Current.CancellationToken;
        await using var db = await fixture.Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        var account = db.Users.Where(a => a.Email == email);
        if (kind == "banned")
        {
            DateTimeOffset? until = DateTimeOffset.UtcNow.AddDays(1);
            await account.ExecuteUpdateAsync(set => set.SetProperty(a => a.BannedUntil, until), token);
            return reader;
        }
        if (Enum.TryParse<AccountRole>(kind, ignoreCase: true, out var role))
            await fixture.Service.Get<AccountDirectory>().SetRoleAsync(await account.Select(a => a.Id).SingleAsync(token), role, actorId: null, token);
        return reader;
    }

    private IEnumerable<string> Names() =>
        from endpoint in fixture.Service.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } methods ? methods.HttpMethods : ["ANY"]
        select $"{method} {pattern}";
}
