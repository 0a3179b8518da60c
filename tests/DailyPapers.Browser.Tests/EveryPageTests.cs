using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>What every page must be: accessible, quiet, and whole at every width in both themes.</summary>
public sealed class EveryPageTests(BrowserFixture fixture)
{
    private const int Phone = 390;
    private const int Desktop = 1280;

    private static readonly int[] Widths = [320, Phone, 768, Desktop, 1920];
    private static readonly ColorScheme[] Themes = [ColorScheme.Light, ColorScheme.Dark];

    // What sticks out of the page, unless an ancestor scrolls it in place.
    private const string StickingOut = """
        () => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.body.querySelectorAll("*")]
            .filter(e => e.getBoundingClientRect().right > width + 0.5)
            .map(e => `${e.tagName.toLowerCase()}.${e.className} to ${Math.round(e.getBoundingClientRect().right)} of ${width}`)
            .slice(0, 5);
        }
        """;

    // Every rule of WCAG 2.2 A and AA and of good practice, or only those named; a line for each element that breaks one.
    private const string Axe = """
        async only => {
          const runOnly = only.length > 0 ? { type: "rule", values: only }
            : { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
          const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
          return violations.flatMap(v => v.nodes.slice(0, 4).map(n => `${v.id} (${v.help}): ${n.html} ${n.any[0]?.message ?? ""}`));
        }
        """;

    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();

    public static TheoryData<string> Names => SitePages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_accessible_quiet_and_fits(string name)
    {
        var site = SitePages.Named(name);
        await using var visit = await Visit.ToAsync(fixture, site);
        await visit.Page.EvaluateAsync(AxeScript);
        // Cards are laid out only when they come into view, which moves the page under the eyes of the checker.
        await visit.Page.EvaluateAsync("document.querySelectorAll('.card').forEach(card => card.style.contentVisibility = 'visible')");
        foreach (var width in Widths)
        {
            await visit.Page.SetViewportSizeAsync(width, width <= Phone ? 844 : 900);
            var sticking = await visit.Page.EvaluateAsync<string[]>(StickingOut);
            Assert.True(sticking.Length == 0, $"{name} is wider than {width}: {string.Join("; ", sticking)}");
            if (width is not (Phone or Desktop))
                continue;
            foreach (var theme in Themes)
            {
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = theme });
                await Screenshot.TakeAsync(visit.Page, $"{name}-{width}-{theme.ToString().ToLowerInvariant()}");
                await AssertAccessibleAsync(visit.Page, $"{name} at {width} in {theme}", colourOnly: theme is ColorScheme.Dark);
            }
        }
        Assert.Empty(visit.Complaints);
    }

    // Themes differ in colour only, so the other rules need not run twice.
    private static async Task AssertAccessibleAsync(IPage page, string where, bool colourOnly)
    {
        var violations = await page.EvaluateAsync<string[]>(Axe, colourOnly ? (string[])["color-contrast"] : []);
        Assert.True(violations.Length == 0, $"{where}: {string.Join("\n", violations)}");
    }
}
