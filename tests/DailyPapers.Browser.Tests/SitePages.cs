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
        new("about", "/about"),
        new("search", "/search"),
        new("search-hits", "/search?q=training"),
        new("search-explained", "/search?q=training&explain=on&code=on", SignedIn: true),
        new("search-corrected", "/search?q=sofmax"),
        new("search-none", "/search?q=xyzzyplugh"),
        new("search-refused", "/search?q=training&from=soon", Status: 400),
        new("search-like", "/search/like/" + SampleContent.PaperWithReproduction),
        new("saved-searches", "/account/searches", SignedIn: true),
        new("submit", "/submit", SignedIn: true),
        new("own-submissions", "/submit/mine", SignedIn: true),
        new("desk", "/desk/" + BrowserFixture.DeskDay, AsCurator: true),
        new("desk-published", "/desk/" + SampleContent.DayBefore + "?text=nothing", AsCurator: true),
        new("subscribe", "/subscribe"),
        new("unsubscribe-unknown", "/unsubscribe?token=none", Status: 404),
        new("sign-in", "/account/sign-in?return=%2Fabout"),
        new("register", "/account/register"),
        new("not-found", "/no/such/page", Status: 404),
        new("bad-request", "/papers/week/2025-W54", Status: 400),
    ];

    public static TheoryData<string> Names => new(All.Select(page => page.Name));

    public static SitePage Named(string name) => All.Single(page => page.Name == name);
}

/// <summary>A page by its name in test reports and screenshots, its address, and how it answers.</summary>
internal sealed record SitePage(string Name, string Path, int Status = 200, bool SignedIn = false, bool AsCurator = false);
