using System.Globalization;
using System.Net;
using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.Web.Tests.Community;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Tests.Security;

/// <summary>Every endpoint that changes something says what it writes to the audit log, or why it writes nothing; a new one fails here until it does.</summary>
public sealed class AuditCoverageTests(ServiceFixture fixture)
{
    /// <summary>What is done to a collection that others see; what is done to a private one only its owner sees.</summary>
    private const string Collection = "collection.";

    private const string OwnCopy = "is only one's own: nobody else sees it";
    private const string Session = "is about one's own sessions, which their page lists";
    private const string Subscription = "is a subscription, which belongs to no account; its rows tell when it was made and confirmed";
    private const string AsksOnly = "only sends a mail or a challenge; what follows from it is recorded";

    /// <summary>Endpoints with what they record: an action, or the beginning of several.</summary>
    private static readonly Dictionary<string, string> Recorded = new()
    {
        ["POST /account/register"] = "account.create",
        ["POST /account/register/complete"] = "account.create",
        ["POST /account/providers/register"] = "account.create",
        ["POST /account/setup"] = "account.create",
        ["POST /account/reset"] = "account.password",
        ["POST /account/password"] = "account.password",
        ["POST /account/name"] = "account.name",
        ["POST /account/handle"] = "account.handle",
        ["POST /account/email/confirm"] = "account.address",
        ["POST /account/delete"] = "account.delete",
        ["POST /account/security/authenticator/on"] = "account.second-factor.on",
        ["POST /account/security/authenticator/off"] = "account.second-factor.off",
        ["POST /account/security/recovery-codes"] = "account.second-factor.codes",
        ["POST /account/security/passkeys"] = "account.passkey.add",
        ["POST /account/security/passkeys/remove"] = "account.passkey.remove",
        ["POST /account/security/providers"] = "account.provider.add",
        ["POST /account/security/providers/remove"] = "account.provider.remove",
        ["POST /account/invitations"] = "invitation.create",
        ["POST /account/invitations/{id:long}/withdraw"] = "invitation.withdraw",
        ["POST /admin/accounts/{id:long}/role"] = "account.role",
        ["POST /authorship"] = "authorship.claim",
        ["POST /authorship/{id:long}/withdraw"] = "authorship.withdraw",
        ["POST /authorship/{id:long}/decide"] = "authorship.",
        ["POST /collections"] = Collection,
        ["POST /collections/collect"] = Collection,
        ["POST /collections/{id:long}/edit"] = Collection,
        ["POST /collections/{id:long}/delete"] = Collection,
        ["POST /collections/{id:long}/order"] = Collection,
        ["POST /collections/{id:long}/papers/{paper:long}/move"] = Collection,
        ["POST /collections/{id:long}/papers/{paper:long}/note"] = Collection,
        ["POST /collections/{id:long}/papers/{paper:long}/remove"] = Collection,
        ["POST /papers/{key}/comments"] = "comment.post",
        ["POST /papers/{archive}/{key}/comments"] = "comment.post",
        ["POST /comments/{id:long}/edit"] = "comment.edit",
        ["POST /comments/{id:long}/delete"] = "comment.delete",
        ["POST /comments/{id:long}/report"] = "comment.report",
        ["POST /moderation/comments/{id:long}/hide"] = "comment.hide",
        ["POST /moderation/comments/{id:long}/restore"] = "comment.restore",
        ["POST /moderation/comments/{id:long}/approve"] = "comment.approve",
        ["POST /moderation/comments/{id:long}/dismiss"] = "comment.keep",
        ["POST /moderation/accounts/{handle}/ban"] = "account.ban",
        ["POST /moderation/accounts/{handle}/unban"] = "account.unban",
        ["POST /moderation/filters"] = "filter.add",
        ["POST /moderation/filters/{id:long}/remove"] = "filter.remove",
        ["POST /account/profile"] = "profile.edit",
        ["POST /submit"] = "submission.create",
        ["POST /submit/entry"] = "submission.create",
        ["POST /submit/mine/papers/{id:long}/withdraw"] = "submission.withdraw",
        ["POST /submit/mine/entries/{id:long}/withdraw"] = "submission.withdraw",
        ["POST /desk/{date}/pick"] = "edition.",
        ["POST /desk/{date}/drop"] = "edition.",
        ["POST /desk/{date}/up"] = "edition.",
        ["POST /desk/{date}/down"] = "edition.",
        ["POST /desk/{date}/order"] = "edition.",
        ["POST /desk/{date}/note"] = "edition.",
        ["POST /desk/{date}/skip"] = "edition.skip",
        ["POST /desk/{date}/unskip"] = "edition.unskip",
        ["POST /desk/{date}/decline"] = "submission.decline",
        ["POST /desk/{date}/proposals/{id:long}/accept"] = "submission.accept",
        ["POST /desk/{date}/proposals/{id:long}/decline"] = "submission.decline",
        ["POST /desk/{date}/schedule"] = "edition.",
        ["POST /desk/{date}/unschedule"] = "edition.unschedule",
        ["POST /desk/{date}/publish"] = "edition.publish",
        ["POST /lab/{slug}/runs"] = "lab.request",
        ["POST /lab/requests/{id:long}/cancel"] = "lab.cancel",
    };

    /// <summary>Endpoints that record nothing, for this reason.</summary>
    private static readonly Dictionary<string, string> NotRecorded = new()
    {
        ["POST /account/sign-in"] = Session,
        ["POST /account/second-step"] = Session,
        ["POST /account/passkey"] = Session,
        ["POST /account/sign-out"] = Session,
        ["POST /account/sessions/{id:long}/end"] = Session,
        ["POST /account/sessions/end-others"] = Session,
        ["POST /account/passkey/options"] = AsksOnly,
        ["POST /account/security/passkeys/options"] = AsksOnly,
        ["POST /account/security/authenticator"] = AsksOnly,
        ["POST /account/email"] = AsksOnly,
        ["POST /account/forgot"] = AsksOnly,
        ["POST /subscribe"] = Subscription,
        ["POST /subscribe/confirm"] = Subscription,
        ["POST /unsubscribe"] = Subscription,
        ["POST /papers/{key}/upvote"] = "is a vote: its row says who gave it and when, and the score is computed from these",
        ["POST /papers/{archive}/{key}/upvote"] = "is a vote: its row says who gave it and when, and the score is computed from these",
        ["POST /language"] = "is one's own view: a cookie and no row",
        ["POST /comments/{id:long}/reactions"] = "is a reaction: its row says who gave it",
        ["POST /reading/{paper:long}"] = OwnCopy,
        ["POST /following"] = OwnCopy,
        ["POST /following/{id:long}/remove"] = OwnCopy,
        ["POST /following/feed/renew"] = OwnCopy,
        ["POST /following/feed/end"] = OwnCopy,
        ["POST /for-you/choice"] = OwnCopy,
        ["POST /account/searches"] = OwnCopy,
        ["POST /account/searches/{id:long}/remove"] = OwnCopy,
        ["POST /notifications/read"] = OwnCopy,
        ["POST /notifications/settings"] = OwnCopy,
        ["POST /notifications/settings/feed/renew"] = OwnCopy,
        ["POST /notifications/settings/feed/end"] = OwnCopy,
        ["POST /notifications/unsubscribe"] = OwnCopy,
        ["ANY /{**path}"] = "changes nothing",
    };

    [Fact]
    public void What_changes_something_is_recorded_or_has_a_reason_not_to_be()
    {
        var changing = fixture.Service.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(EndpointInventoryTests.Names)
            .Where(name => !name.StartsWith("GET ", StringComparison.Ordinal) && !name.StartsWith("HEAD ", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(changing, Recorded.Keys.Concat(NotRecorded.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_done_stands_in_the_log_with_who_did_it()
    {
        var stored = await fixture.Service.Get<PaperIntake>().StoreAsync(
            [new PaperRecord { Source = "jsonl", Title = $"A paper to record {Guid.NewGuid()}", Authors = [new() { Name = "Ada Lovelace" }], Published = new DateOnly(2024, 1, 1) }],
            cancellationToken: TestContext.Current.CancellationToken);
        var (key, id) = ($"/papers/{stored.Papers[0].Key}", Text(stored.Papers[0].Id));
        var (ada, handle) = await fixture.MemberAsync();
        var (curator, _) = await fixture.MemberAsync(AccountRole.Curator);

        var collection = (await DoAsync(ada, "collection.create", "/collections", "/collections", ("name", "Open"), ("public", "true"))).Split('/')[2];
        await DoAsync(ada, "collection.add", key, "/collections/collect", ("paper", id), ("collection", collection));
        await DoAsync(ada, "collection.note", "/collections", $"/collections/{collection}/papers/{id}/note", ("note", "Read it"));
        await DoAsync(ada, "collection.note", key, "/collections/collect", ("paper", id), ("collection", collection), ("note", "Read it twice"));
        await DoAsync(ada, "collection.remove", "/collections", $"/collections/{collection}/papers/{id}/remove");
        await DoAsync(ada, "collection.edit", "/collections", $"/collections/{collection}/edit", ("name", "Closed"));
        await DoAsync(ada, "profile.edit", "/account/profile", "/account/profile", ("about", "Counts"));
        await DoAsync(ada, "authorship.claim", key, "/authorship", ("paper", id), ("author", "Ada Lovelace"));
        var claim = Text(await LastAsync(db => db.AuthorshipClaims.MaxAsync(c => c.Id)));
        await DoAsync(curator, "authorship.refuse", "/authorship/queue", $"/authorship/{claim}/decide", ("decision", "refuse"), ("reason", "Who says so?"));
        await DoAsync(ada, "authorship.withdraw", "/authorship", $"/authorship/{claim}/withdraw");
        await DoAsync(ada, "comment.post", key, key + "/comments", ("text", "A remark"));
        var comment = Text(await LastAsync(db => db.Comments.MaxAsync(c => c.Id)));
        await DoAsync(ada, "comment.edit", $"/comments/{comment}/edit", $"/comments/{comment}/edit", ("text", "A better remark"));
        await DoAsync(curator, "comment.hide", "/moderation", $"/moderation/comments/{comment}/hide", ("reason", "Rude"));
        await DoAsync(curator, "comment.restore", "/moderation", $"/moderation/comments/{comment}/restore");
        await DoAsync(ada, "comment.delete", $"/comments/{comment}/delete", $"/comments/{comment}/delete");
        await DoAsync(curator, "account.ban", "/moderation", $"/moderation/accounts/{handle}/ban", ("days", "1"), ("reason", "Spam"));
        using (var shutOut = await ada.GetAsync("/account"))
            Assert.Equal(HttpStatusCode.Redirect, shutOut.StatusCode);
        await DoAsync(curator, "account.unban", "/moderation", $"/moderation/accounts/{handle}/unban");
        ada.Dispose();
        curator.Dispose();
    }

    // Others write to the log meanwhile: an entry counts when it is newer than the request and has the action.
    private async Task<string> DoAsync(Reader reader, string action, string from, string path, params (string Name, string Value)[] fields)
    {
        var before = await LastAsync(db => db.AuditEntries.MaxAsync(e => (long?)e.Id)) ?? 0;
        using var response = await reader.SubmitAsync(from, path, fields);
        Assert.True(response.StatusCode is HttpStatusCode.Redirect, $"{path} answered {response.StatusCode}.");
        Assert.True(await LastAsync(db => db.AuditEntries.AnyAsync(e => e.Id > before && e.Action == action && e.ActorId != null)), $"{path} did not record {action}.");
        return response.Headers.Location!.ToString();
    }

    private async Task<T> LastAsync<T>(Func<PapersDb, Task<T>> ask)
    {
        await using var db = await fixture.Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await ask(db);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
