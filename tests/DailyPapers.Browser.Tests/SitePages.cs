using DailyPapers.TestSupport;

namespace DailyPapers.Browser.Tests;

/// <summary>Every kind of page the site has; a new page is one line here.</summary>
internal static class SitePages
{
    public static IReadOnlyList<SitePage> All { get; } =
    [
        new("home", "/"),
        new("home-signed-in", "/papers/date/" + SampleContent.DayBefore, SignedIn: true),
        new("day", "/papers/date/" + SampleContent.DayBefore),
        new("day-empty", "/papers/date/2020-01-01", Status: 404),
        new("week", "/papers/week/2025-W31"),
        new("month", "/papers/month/2025-07"),
        new("trending", "/papers/trending"),
        new("paper", "/papers/" + SampleContent.PaperWithoutReproduction),
        new("paper-reproduced", "/papers/" + SampleContent.PaperWithReproduction),
        new("paper-old-style", "/papers/" + SampleContent.OldStylePaper, SignedIn: true),
        new("lab", "/lab"),
        new("lab-paper", "/lab/" + LabContent.Slug),
        new("lab-paper-of-curator", "/lab/" + LabContent.Slug, Administers: true),
        new("lab-run", "/lab/runs/1"),
        new("lab-request", "/lab/requests/1", Administers: true),
        new("about", "/about"),
        new("privacy", "/privacy"),
        new("search", "/search"),
        new("search-hits", "/search?q=training"),
        new("search-explained", "/search?q=training&explain=on&code=on", SignedIn: true),
        new("search-corrected", "/search?q=sofmax"),
        new("search-none", "/search?q=xyzzyplugh"),
        new("search-refused", "/search?q=training&from=soon", Status: 400),
        new("search-like", "/search/like/" + SampleContent.PaperWithReproduction),
        new("saved-searches", "/account/searches", SignedIn: true),
        new("paper-discussed", "/papers/" + SampleContent.PaperWithoutReproduction, SignedIn: true),
        new("comment-history", "/comments/1/history"),
        new("comment-report", "/comments/1/report", SignedIn: true),
        new("notifications", "/notifications", SignedIn: true),
        new("notification-settings", "/notifications/settings", SignedIn: true),
        new("notifications-unsubscribe-unknown", "/notifications/unsubscribe?token=none", Status: 404),
        new("handle", "/account/handle", SignedIn: true),
        new("moderation", "/moderation", Administers: true),
        new("moderation-comment", "/moderation/comments/1", Administers: true),
        new("moderation-account", "/moderation/accounts/grace-hopper", Administers: true),
        new("moderation-filters", "/moderation/filters", Administers: true),
        new("moderation-log", "/moderation/log"),
        new("audit-log", "/moderation/audit", Administers: true),
        new("collections", "/collections"),
        new("collections-own", "/collections", SignedIn: true),
        new("collection", "/collections/1/shelf-of-old-and-new-papers"),
        new("collection-own", $"/collections/{SampleLibrary.OwnCollection}/mine", SignedIn: true),
        new("reading", "/reading", SignedIn: true),
        new("reading-empty", "/reading/read", SignedIn: true),
        new("following", "/following", SignedIn: true),
        new("for-you", "/for-you", SignedIn: true),
        new("person", "/people/grace-sample"),
        new("profile", "/account/profile", SignedIn: true),
        new("authorship", "/authorship", SignedIn: true),
        new("submit", "/submit", SignedIn: true),
        new("own-submissions", "/submit/mine", SignedIn: true),
        new("desk", "/desk/" + BrowserFixture.DeskDay, Administers: true),
        new("desk-published", "/desk/" + SampleContent.DayBefore + "?text=nothing", Administers: true),
        new("subscribe", "/subscribe"),
        new("unsubscribe-unknown", "/unsubscribe?token=none", Status: 404),
        new("sign-in", "/account/sign-in?return=%2Fabout"),
        new("register", "/account/register"),
        new("register-closed", "/account/register?invitation=none", Status: 404),
        new("forgot", "/account/forgot"),
        new("account", "/account", SignedIn: true),
        new("account-security", "/account/security", SignedIn: true),
        new("account-sessions", "/account/sessions", SignedIn: true),
        new("account-invitations", "/account/invitations", SignedIn: true),
        new("not-found", "/no/such/page", Status: 404),
        new("bad-request", "/papers/week/2025-W54", Status: 400),
    ];

    public static TheoryData<string> Names => new(All.Select(page => page.Name));

    public static SitePage Named(string name) => All.Single(page => page.Name == name);
}

/// <summary>A page by its name in test reports and screenshots, its address, and how it answers.</summary>
internal sealed record SitePage(string Name, string Path, int Status = 200, bool SignedIn = false, bool Administers = false);
