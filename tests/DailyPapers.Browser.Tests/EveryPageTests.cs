using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
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

    public static TheoryData<string> Names => SitePages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_accessible_quiet_and_fits(string name)
    {
        var site = SitePages.Named(name);
        await using var visit = await Visit.ToAsync(fixture, site);
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
        var result = await page.RunAxe(new AxeRunOptions
        {
            ResultTypes = [ResultType.Violations],
            RunOnly = colourOnly
                ? new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] }
                : new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        });
        Assert.True(
            result.Violations.Length == 0,
            $"{where}: {string.Join("\n", result.Violations.SelectMany(violation => violation.Nodes.Take(4).Select(node => $"{violation.Id} ({violation.Help}): {node.Html} {node.Any.FirstOrDefault()?.Message}")))}");
    }
}
