using AngleSharp.Html.Parser;

namespace DailyPapers.Web.Tests.Security;

/// <summary>
/// What people type is sent through every field that takes text, and then everything that could show it is looked through.
/// A new field fails here until it is among those probed.
/// </summary>
public sealed class HostileFormTests(HostileSite site) : IClassFixture<HostileSite>
{
    /// <summary>Fields that are read as text but take only what the page offers, or secrets, for this reason.</summary>
    private static readonly Dictionary<string, string> NotProbed = new()
    {
        ["POST /account/setup name"] = "the page is gone once there is an administrator",
        ["POST /account/setup email"] = "the page is gone once there is an administrator",
        ["POST /account/providers/register name"] = "needs another service that vouches",
        ["POST /account/providers/register email"] = "needs another service that vouches",
        ["POST /papers/{archive}/{key}/comments text"] = "is the same as of the other papers",
        ["POST /comments/{id:long}/report reason"] = "is one of the reasons offered",
        ["POST /collections/collect note"] = "no form has it; the collection's own form for notes writes the same",
        ["POST /authorship author"] = "is one of the paper's authors",
    };

    /// <summary>Fields with a fixed set of values or secrets: other text is refused, which the endpoints' own tests show.</summary>
    private static readonly string[] Choices =
        ["kind", "does", "state", "decision", "frequency", "role", "public", "upvotes", "today", "preview", "give", "take", "wanted", "mailed", "to", "days", "papers", "q", "page", "query", "token", "credential", "password", "current", "code", "invitation", "provider", "id", "key", "subject", "return", "offer", "language"];

    public static TheoryData<int> Payloads => new(Enumerable.Range(0, HostilePayloads.All.Count));

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task No_field_lets_markup_through(int number)
    {
        var payload = HostilePayloads.All[number];
        var (_, author, shown) = await site.ProbeAsync(payload);
        using var anonymous = ServiceFixture.NewReader(site.Service);
        try
        {
            foreach (var path in shown)
            {
                foreach (var reader in Readers(path))
                    await LookAsync(reader, path, payload);
            }
        }
        finally
        {
            author.Dispose();
            await site.TidyAsync();
        }

        // Everybody who can see the page.
        IEnumerable<Reader> Readers(string path) => path.Split('/', '?')[1] switch
        {
            "account" or "following" or "for-you" or "reading" or "submit" or "notifications" => [author],
            "moderation" or "desk" or "admin" => [site.Administrator],
            "authorship" => [author, site.Administrator],
            "papers" or "collections" or "people" or "comments" => [anonymous, author],
            _ => [anonymous],
        };
    }

    [Fact]
    public async Task Every_field_that_takes_text_is_probed()
    {
        var (probe, author, _) = await site.ProbeAsync("Probed " + Guid.NewGuid().ToString("N"));
        author.Dispose();
        await site.TidyAsync();

        var missing = new List<string>();
        foreach (var (name, endpoint) in SiteEndpoints.Of(site.Service).Where(entry => entry.Name.StartsWith("POST ", StringComparison.Ordinal)))
        {
            var path = SiteEndpoints.PathOf(name);
            missing.AddRange(
                from field in SiteEndpoints.TextFields(endpoint)
                where !Choices.Contains(field) && !NotProbed.ContainsKey($"{name} {field}") && !probe.Sent.Any(sent => sent.Field == field && path.IsMatch(sent.Path))
                select $"{name} {field}");
        }
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        // What shows on pages must have been taken, or the probes of it would prove nothing.
        foreach (var (path, field) in (IEnumerable<(string, string)>)[
            ("/account/name", "name"), ("/account/profile", "about"), ("/account/invitations", "note"), ("/collections", "name"), ("/collections", "description"), ("/submit/entry", "title"), ("/submit/entry", "authors"),
            ("/submit/entry", "abstract"), ("/submit/entry", "note"), ("/following", "value"), ("/moderation/filters", "pattern"), ($"/moderation/accounts/{HostileSite.Victim}/ban", "reason"),
            ("/account/searches", "name")])
            Assert.Contains((path, field), probe.Accepted);
        foreach (var (pattern, field) in (IEnumerable<(string, string)>)[
            ("POST /papers/{key}/comments", "text"), ("POST /comments/{id:long}/edit", "text"), ("POST /comments/{id:long}/report", "note"), ("POST /moderation/comments/{id:long}/hide", "reason"), ("POST /collections/{id:long}/edit", "description"),
            ("POST /collections/{id:long}/papers/{paper:long}/note", "note"), ("POST /desk/{date}/note", "note"), ("POST /desk/{date}/proposals/{id:long}/decline", "reason"), ("POST /authorship/{id:long}/decide", "reason")])
            Assert.Contains(probe.Accepted, taken => taken.Field == field && SiteEndpoints.PathOf(pattern).IsMatch(taken.Path));
    }

    private static async Task LookAsync(Reader reader, string path, string payload)
    {
        using var response = await reader.GetAsync(path);
        var where = $"{path} ({payload})";
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode < 500, $"{where} answered {(int)response.StatusCode}.");
        SecurityHeadersTests.AssertSecured(response);
        switch (response.Content.Headers.ContentType?.MediaType)
        {
            case "text/html":
                Harmless.AssertPage(new HtmlParser().ParseDocument(text), where);
                break;
            case "application/atom+xml":
                Harmless.AssertFeed(text, where);
                break;
            case "application/json" or "application/problem+json":
                using (System.Text.Json.JsonDocument.Parse(text))
                    break;
            case null or "text/plain" or "text/markdown" or "application/x-bibtex":
                break;
            default:
                Assert.Fail($"{where} is {response.Content.Headers.ContentType}.");
                break;
        }
    }
}
