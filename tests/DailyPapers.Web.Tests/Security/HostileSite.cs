using DailyPapers.Community.Accounts;
using DailyPapers.Community.Submissions;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using DailyPapers.Web.Tests.Community;
using DailyPapers.Web.Tests.Curation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Web.Tests.Security;

/// <summary>A service with something of everything, on which hostile texts may be left behind.</summary>
public sealed class HostileSite : IAsyncLifetime
{
    public const string Victim = "emmy-noether";

    internal RunningService Service { get; private set; } = null!;

    internal Reader Administrator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await RunningService.StartAsync(
            services => services.Configure<SubmissionOptions>(options => (options.Fetch, options.PerDay) = (false, 100_000)),
            settings: [new("Rates:WritesPerMinute", "100000"), new("Rates:CommentsPerTenMinutes", "100000"), new("Rates:SearchesPerMinute", "0")]);
        await SampleContent.AddAsync(Service, CancellationToken.None);
        await SampleDiscussion.AddAsync(Service, CancellationToken.None);
        Administrator = ServiceFixture.NewReader(Service);
        (await Administrator.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", SampleDiscussion.AdministratorEmail), ("password", SampleDiscussion.Password))).Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Administrator.Dispose();
        return Service.DisposeAsync();
    }

    /// <summary>Sends the text through every form that the pages have; returns what was sent and taken, and who wrote.</summary>
    internal async Task<(FormProbe Probe, Reader Author, IReadOnlyList<string> Shown)> ProbeAsync(string payload)
    {
        var probe = new FormProbe(payload);
        var token = TestContext.Current.CancellationToken;
        var query = Uri.EscapeDataString(string.Concat(payload.Where(sign => !char.IsControl(sign))));
        using (var visitor = ServiceFixture.NewReader(Service))
        {
            foreach (var path in (string[])[$"/account/sign-in?return={query}", $"/account/register?return={query}", "/account/forgot", "/subscribe"])
                await probe.VisitAsync(visitor, path);
        }
        var author = ServiceFixture.NewReader(Service);
        var email = await author.RegisterAsync("Author of hostile texts");
        await TrustAsync(email);
        // Things whose pages have forms that only stand there once somebody made them.
        const string paper = "/papers/" + SampleContent.PaperWithoutReproduction;
        var comment = await author.CommentAsync(paper, $"A harmless beginning {Guid.NewGuid():N}.");
        (await author.SubmitAsync("/submit", "/submit/entry", ("title", $"Typed {Guid.NewGuid():N}"), ("authors", "Ada"), ("note", "x"))).Dispose();
        (await author.SubmitAsync(paper, "/collections/collect", ("paper", await PaperIdAsync(author, paper)), ("name", "To probe"))).Dispose();
        var reported = await Administrator.CommentAsync(paper, $"To be reported {Guid.NewGuid():N}.");
        var submitted = $"10.1000/{Guid.NewGuid():N}";
        await Service.Get<Papers.PaperIntake>().StoreAsync(
            [new Papers.PaperRecord { Source = "jsonl", Doi = submitted, Title = $"Submitted {submitted}", Published = DateOnly.FromDateTime(DateTime.UtcNow) }], cancellationToken: token);
        (await author.SubmitAsync("/submit", "/submit", ("paper", submitted), ("note", "x"))).Dispose();
        var collection = (await author.PageAsync("/collections")).QuerySelector(".collections .name")!.GetAttribute("href")!;
        (await author.SubmitAsync(paper, "/authorship", ("paper", await PaperIdAsync(author, paper)), ("author", "Ada Example"), ("evidence", "x"))).Dispose();
        foreach (var path in (string[])[
            paper, "/papers/" + SampleContent.PaperWithReproduction, $"/comments/{comment}/edit", $"/comments/{reported}/report", "/account", "/account/handle", "/account/profile",
            "/account/invitations", "/account/security", "/submit", "/collections", collection, "/following", $"/search?q={query}", $"/search?q=paper&category={query}", "/authorship", "/notifications/settings"])
            await probe.VisitAsync(author, path);

        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var candidate = (await Service.AddPapersAsync($"To be picked {Guid.NewGuid():N}"))[0];
        (await Administrator.SubmitAsync("/about", $"/desk/{day}/pick", ("paper", candidate.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))).Dispose();
        foreach (var path in (string[])[
            "/submit", $"/desk/{day}", $"/desk/{day}?show=submitted", "/moderation", $"/moderation/comments/{comment}", $"/moderation/accounts/{Victim}", "/moderation/filters",
            "/authorship/queue", $"/admin/accounts?q={query}", $"/moderation/audit?action={query}&actor={query}", $"/desk/{day}?text={query}&category={query}"])
            await probe.VisitAsync(Administrator, path);
        await Service.Get<ContentChanges>().NoticeAsync(token);

        using (var banned = ServiceFixture.NewReader(Service))
            await probe.VisitAsync(banned, "/account/sign-in");
        return (probe, author, Pages(paper, comment, collection, day, query));
    }

    /// <summary>Takes back what would keep the next text from being taken.</summary>
    internal async Task TidyAsync()
    {
        await using var db = await Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync();
        await db.WordFilters.ExecuteDeleteAsync();
        DateTimeOffset? nothing = null;
        await db.Users.Where(account => account.Handle == Victim).ExecuteUpdateAsync(set => set.SetProperty(account => account.BannedUntil, nothing));
    }

    // Who is new may not invite.
    private async Task TrustAsync(string email)
    {
        await using var db = await Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync();
        await db.Users.Where(account => account.Email == email).ExecuteUpdateAsync(set => set.SetProperty(account => account.Trust, TrustLevel.Trusted));
    }

    private static List<string> Pages(string paper, string comment, string collection, string day, string query)
    {
        var own = collection[..collection.LastIndexOf('/')];
        return
        [
            "/", $"/papers/date/{DateTime.UtcNow:yyyy-MM-dd}", "/papers/trending", paper, paper + "/comments.atom", "/papers/" + SampleContent.PaperWithReproduction, $"/comments/{comment}/history", $"/comments/{comment}/edit",
            $"/comments/{comment}/delete", "/collections", own + "/x", own + "/feed.atom", own + "/export.json", own + "/export.md", own + "/export.bib", $"/search?q={query}", $"/search/feed.atom?q={query}", "/account",
            "/account/searches", "/account/profile", "/account/invitations", "/account/sessions", "/account/export", "/following", "/reading", "/for-you", "/submit/mine", "/authorship", "/notifications", "/notifications/settings",
            "/moderation/log", "/moderation", "/moderation/filters", "/moderation/audit", $"/moderation/accounts/{Victim}", $"/moderation/comments/{comment}", "/authorship/queue", "/admin/accounts", "/admin/invitations", $"/desk/{day}",
            $"/desk/{day}?show=submitted", "/people/" + Victim, $"/people/{query}", $"/papers/{query}", $"/papers/date/{query}", $"/{query}", $"/account/register?invitation={query}", $"/account/reset?token={query}",
            $"/notifications/unsubscribe?token={query}", $"/unsubscribe?token={query}", $"/api/search?q={query}", $"/api/suggest?q={query}",
        ];
    }

    private static async Task<string> PaperIdAsync(Reader reader, string paper) => (await reader.PageAsync(paper)).QuerySelector("input[name=paper]")!.GetAttribute("value")!;
}
