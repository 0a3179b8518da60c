using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using DailyPapers.Web.Tests.Community;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Tests.Security;

/// <summary>
/// What belongs to one person is to another as if it did not exist, and stays as it is. A new endpoint with an identity in
/// its address fails here until it is said whose thing that is.
/// </summary>
public sealed class OwnedThingsTests(ServiceFixture fixture) : IAsyncLifetime
{
    /// <summary>Of one person: the thing by which the address is filled.</summary>
    private static readonly Dictionary<string, string> Owned = new()
    {
        ["GET /comments/{id:long}/edit"] = "comment",
        ["POST /comments/{id:long}/edit"] = "comment",
        ["GET /comments/{id:long}/delete"] = "comment",
        ["POST /comments/{id:long}/delete"] = "comment",
        ["POST /submit/mine/papers/{id:long}/withdraw"] = "submission",
        ["POST /submit/mine/entries/{id:long}/withdraw"] = "proposal",
        ["GET /notifications/{id:long}"] = "notification",
        ["GET /collections/{id:long}/{slug?}"] = "collection",
        ["GET /collections/{id:long}/export.{extension}"] = "collection",
        ["GET /collections/{id:long}/feed.atom"] = "collection",
        ["POST /collections/{id:long}/edit"] = "collection",
        ["POST /collections/{id:long}/delete"] = "collection",
        ["POST /collections/{id:long}/order"] = "collection",
        ["POST /collections/{id:long}/papers/{paper:long}/move"] = "collection",
        ["POST /collections/{id:long}/papers/{paper:long}/note"] = "collection",
        ["POST /collections/{id:long}/papers/{paper:long}/remove"] = "collection",
        ["POST /account/searches/{id:long}/remove"] = "search",
        ["POST /account/sessions/{id:long}/end"] = "session",
        ["POST /account/invitations/{id:long}/withdraw"] = "invitation",
        ["POST /following/{id:long}/remove"] = "follow",
        ["POST /authorship/{id:long}/withdraw"] = "claim",
    };

    /// <summary>Of nobody in particular, for this reason; or of people with a role, which the test of roles calls.</summary>
    private static readonly Dictionary<string, string> NotOwned = new()
    {
        ["GET /comments/{id:long}"] = "comments are public; it leads to the paper",
        ["GET /comments/{id:long}/history"] = "comments are public",
        ["GET /comments/{id:long}/report"] = "everybody may report",
        ["POST /comments/{id:long}/report"] = "everybody may report",
        ["POST /comments/{id:long}/reactions"] = "everybody may react",
        ["POST /reading/{paper:long}"] = "papers are public, the mark is one's own",
        ["GET /lab/runs/{run:long}/{file}"] = "runs are public",
        ["GET /lab/runs/{run:long}"] = "runs are public",
        ["GET /lab/requests/{id:long}"] = "runs are public, also those under way",
        ["POST /lab/requests/{id:long}/cancel"] = "one's own, and administrators', whose machine it runs on; LabPagesTests call it as others",
        ["GET /people/{handle}"] = "profiles are public",
        ["GET /notifications/feed/{secret}"] = "whoever has the secret is the person's feed reader",
        ["POST /desk/{date}/proposals/{id:long}/accept"] = "curators",
        ["POST /desk/{date}/proposals/{id:long}/decline"] = "curators",
        ["GET /moderation/comments/{id:long}"] = "curators",
        ["POST /moderation/comments/{id:long}/hide"] = "curators",
        ["POST /moderation/comments/{id:long}/restore"] = "curators",
        ["POST /moderation/comments/{id:long}/approve"] = "curators",
        ["POST /moderation/comments/{id:long}/dismiss"] = "curators",
        ["GET /moderation/accounts/{handle}"] = "curators",
        ["POST /moderation/accounts/{handle}/ban"] = "curators",
        ["POST /moderation/accounts/{handle}/unban"] = "curators",
        ["POST /authorship/{id:long}/decide"] = "curators",
        ["POST /admin/accounts/{id:long}/role"] = "administrators",
        ["POST /moderation/filters/{id:long}/remove"] = "administrators",
    };

    private const string Paper = "/papers/" + SampleContent.PaperWithReproduction;

    private readonly Dictionary<string, long> _things = [];
    private Reader _owner = null!;
    private long _paper;
    private long _account;

    public async ValueTask InitializeAsync()
    {
        (_owner, var handle) = await fixture.MemberAsync();
        var (helper, _) = await fixture.MemberAsync();
        using (helper)
            await helper.CommentAsync(await fixture.NewPaperAsync(), $"What do you think, @{handle}?");
        await using (var trusting = await DbAsync())
            await trusting.Users.Where(a => a.Handle == handle).ExecuteUpdateAsync(set => set.SetProperty(a => a.Trust, TrustLevel.Trusted), Token);
        _paper = long.Parse((await _owner.PageAsync(Paper)).QuerySelector("input[name=paper]")!.GetAttribute("value")!, CultureInfo.InvariantCulture);
        var id = _paper.ToString(CultureInfo.InvariantCulture);
        var comment = await _owner.CommentAsync(await fixture.NewPaperAsync(), "Mine.");
        await DoneAsync("/collections/collect", ("paper", id), ("name", "Between us"), ("note", "a secret"));
        await DoneAsync("/account/searches", ("name", "secret"), ("query", "?q=training"));
        await DoneAsync("/account/invitations", ("note", "for a friend"));
        await DoneAsync("/following", ("kind", "author"), ("value", "Ada Example"));
        await DoneAsync("/authorship", ("paper", id), ("author", "Ada Example"), ("evidence", "x"));
        await DoneAsync("/submit", ("paper", await NewDoiAsync()), ("note", "x"));
        await DoneAsync("/submit/entry", ("title", $"Typed {Guid.NewGuid()}"), ("authors", "Ada"));

        await using var db = await DbAsync();
        _things["comment"] = long.Parse(comment, CultureInfo.InvariantCulture);
        _account = await db.Users.Where(a => a.Handle == handle).Select(a => a.Id).SingleAsync(Token);
        _things["collection"] = await db.Collections.Where(c => c.AccountId == _account).Select(c => c.Id).SingleAsync(Token);
        _things["search"] = await db.SavedSearches.Where(s => s.AccountId == _account).Select(s => s.Id).SingleAsync(Token);
        _things["session"] = await db.AccountSessions.Where(s => s.AccountId == _account).Select(s => s.Id).FirstAsync(Token);
        _things["invitation"] = await db.Invitations.Where(i => i.InviterId == _account).Select(i => i.Id).SingleAsync(Token);
        _things["follow"] = await db.Follows.Where(f => f.AccountId == _account).Select(f => f.Id).SingleAsync(Token);
        _things["claim"] = await db.AuthorshipClaims.Where(c => c.AccountId == _account).Select(c => c.Id).SingleAsync(Token);
        _things["submission"] = await db.Submissions.Where(s => s.AccountId == _account).Select(s => s.Id).SingleAsync(Token);
        _things["proposal"] = await db.Proposals.Where(p => p.AccountId == _account).Select(p => p.Id).SingleAsync(Token);
        _things["notification"] = await db.Notifications.Where(n => n.AccountId == _account).Select(n => n.Id).FirstAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        _owner.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_address_with_an_identity_says_whose_it_is()
    {
        var names = SiteEndpoints.Of(fixture.Service).Select(entry => entry.Name)
            .Where(name => name.Contains(":long}", StringComparison.Ordinal) || name.Contains("{handle}", StringComparison.Ordinal) || name.Contains("{secret}", StringComparison.Ordinal))
            .ToList();
        Assert.Empty(names.Except(Owned.Keys).Except(NotOwned.Keys));
        Assert.Empty(Owned.Keys.Concat(NotOwned.Keys).Except(names));
    }

    [Theory]
    [InlineData(AccountRole.Reader)]
    [InlineData(AccountRole.Administrator)]
    public async Task Another_s_thing_is_not_found_and_stays_as_it_is(AccountRole role)
    {
        var (stranger, _) = await fixture.MemberAsync(role);
        using (stranger)
        {
            var before = await ExportAsync();
            var wrong = new List<string>();
            foreach (var (name, thing) in Owned)
            {
                using var response = await CallAsync(stranger, name, thing);
                if (response.StatusCode is not HttpStatusCode.NotFound)
                    wrong.Add($"{name} answered {(int)response.StatusCode}");
                var text = await response.Content.ReadAsStringAsync(Token);
                if (text.Contains("Between us", StringComparison.Ordinal) || text.Contains("a secret", StringComparison.Ordinal))
                    wrong.Add($"{name} tells what it is");
            }
            Assert.Empty(wrong);
            // What takes no identity but a limit, or an identity in the form.
            foreach (var (path, fields) in (IEnumerable<(string, (string, string)[])>)[
                ("/notifications/read", [("upTo", long.MaxValue.ToString(CultureInfo.InvariantCulture))]),
                ("/account/sessions/end-others", []),
                ("/collections/collect", [("paper", Id(_paper)), ("collection", Id(_things["collection"])), ("note", "stolen")]),
                ("/account/security/passkeys/remove", [("id", "AAAA")]),
                ("/account/security/providers/remove", [("provider", "none"), ("key", "none")])])
                (await stranger.SubmitAsync("/about", path, fields)).Dispose();
            Assert.Equal(before, await ExportAsync());
        }
    }

    [Fact]
    public async Task To_nobody_signed_in_it_is_not_there_either()
    {
        using var anonymous = fixture.NewReader();
        var before = await ExportAsync();
        foreach (var (name, thing) in Owned)
        {
            using var response = await CallAsync(anonymous, name, thing);
            var asksToSignIn = response.StatusCode is HttpStatusCode.Redirect && response.Headers.Location!.OriginalString.StartsWith("/account/sign-in", StringComparison.Ordinal);
            Assert.True(asksToSignIn || response.StatusCode is HttpStatusCode.NotFound, $"{name} answered {(int)response.StatusCode}");
        }
        Assert.Equal(before, await ExportAsync());
    }

    [Fact]
    public async Task The_owner_reaches_each()
    {
        // Or the answers to strangers would prove nothing. What ends the visit comes last.
        foreach (var (name, thing) in Owned.Where(entry => entry.Key.StartsWith("GET ", StringComparison.Ordinal))
            .Concat(Owned.Where(entry => entry.Key.StartsWith("POST ", StringComparison.Ordinal)).OrderBy(entry => entry.Key is "POST /account/sessions/{id:long}/end" ? 2 : entry.Key.EndsWith("/delete", StringComparison.Ordinal) ? 1 : 0)))
        {
            using var response = await CallAsync(_owner, name, thing);
            Assert.True((int)response.StatusCode is >= 200 and < 400, $"{name} answered {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task A_comment_that_is_not_for_everybody_has_no_history_and_takes_no_reports_or_reactions()
    {
        await using (var db = await DbAsync())
        {
            var comment = _things["comment"];
            await db.Comments.Where(c => c.Id == comment).ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CommentState.Held), Token);
        }
        var (stranger, _) = await fixture.MemberAsync();
        using (stranger)
        {
            foreach (var name in (string[])["GET /comments/{id:long}/history", "GET /comments/{id:long}/report", "POST /comments/{id:long}/report", "POST /comments/{id:long}/reactions"])
            {
                using var response = await CallAsync(stranger, name, "comment");
                Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            }
        }
    }

    private async Task<HttpResponseMessage> CallAsync(Reader reader, string name, string thing)
    {
        var path = SiteEndpoints.SamplePath(name.Replace("{id:long}", Id(_things[thing]), StringComparison.Ordinal).Replace("{paper:long}", Id(_paper), StringComparison.Ordinal)
            .Replace("{slug?}", "between-us", StringComparison.Ordinal));
        return name.StartsWith("GET ", StringComparison.Ordinal)
            ? await reader.GetAsync(path)
            : await reader.SubmitAsync(
                "/account/sign-in", path, ("text", "Changed"), ("name", "Changed"), ("description", "Changed"), ("note", "Changed"), ("public", "on"), ("to", "up"), ("reason", "Spam"), ("give", "Agree"), ("paper", Id(_paper)));
    }

    private async Task DoneAsync(string path, params (string Name, string Value)[] fields)
    {
        using var response = await _owner.SubmitAsync("/about", path, fields);
        Assert.True((int)response.StatusCode is 200 or 302, $"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(Token)}");
    }

    private async Task<string> NewDoiAsync()
    {
        var doi = $"10.1000/{Guid.NewGuid():N}";
        await fixture.Service.Get<Papers.PaperIntake>().StoreAsync([new Papers.PaperRecord { Source = "jsonl", Doi = doi, Title = $"Submitted {doi}", Published = new DateOnly(2024, 1, 1) }], cancellationToken: Token);
        return doi;
    }

    /// <summary>All that the service keeps about the owner, and the sessions that hold.</summary>
    private async Task<string> ExportAsync()
    {
        using var export = await _owner.GetAsync("/account/export");
        Assert.Equal(HttpStatusCode.OK, export.StatusCode);
        var kept = JsonNode.Parse(await export.Content.ReadAsStringAsync(Token))!;
        kept.AsObject().Remove("exportedAt");
        return kept.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private Task<PapersDb> DbAsync() => fixture.Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);

    private static string Id(long value) => value.ToString(CultureInfo.InvariantCulture);
}
