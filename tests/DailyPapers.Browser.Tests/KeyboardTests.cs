using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>The site without a mouse.</summary>
public sealed class KeyboardTests(BrowserFixture fixture)
{
    private const string Focused = "() => document.activeElement?.textContent?.trim() ?? ''";

    [Fact]
    public async Task The_first_stop_is_a_visible_link_past_the_header()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".skip")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"), "The link did not lead past the header.");
    }

    [Theory]
    [InlineData("/papers/date/2025-08-12", 1280)]
    [InlineData("/papers/date/2025-08-12", 390)]
    [InlineData("/papers/2508.06601", 1280)]
    [InlineData("/account/register", 390)]
    public async Task Focus_is_always_visible_and_goes_in_reading_order(string path, int width)
    {
        await using var context = await fixture.NewContextAsync(options => options.ViewportSize = new() { Width = width, Height = 800 });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        var stops = new List<int>();
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            // Where the focused element stands in the document, or why its focus cannot be seen.
            var stop = await page.EvaluateAsync<string>("""
                () => {
                  const e = document.activeElement;
                  if (!e || e === document.body) return "end";
                  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
                  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
                  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                  if (!seen || !ring) return `${e.outerHTML.slice(0, 120)} seen ${seen} ring ${ring}`;
                  return String([...document.querySelectorAll("*")].indexOf(e));
                }
                """);
            if (stop == "end")
                break;
            Assert.True(int.TryParse(stop, System.Globalization.CultureInfo.InvariantCulture, out var index), $"{path} at {width}: {stop}");
            stops.Add(index);
        }
        Assert.True(stops.Count > 10, $"Only {stops.Count} stops.");
        Assert.Equal(stops.Order(), stops);
    }

    [Fact]
    public async Task Slash_goes_to_the_search_and_j_and_k_from_paper_to_paper()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        var titles = await page.Locator(".card .title a").AllInnerTextsAsync();

        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.GetByLabel("Search papers")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Search papers")).ToHaveValueAsync("");
        await page.Keyboard.TypeAsync("jk/");
        await Assertions.Expect(page.GetByLabel("Search papers")).ToHaveValueAsync("jk/");

        await page.Locator("h1").ClickAsync();
        foreach (var (key, expected) in ((string, int)[])[("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)])
        {
            await page.Keyboard.PressAsync(key);
            Assert.Equal(titles[expected], await page.EvaluateAsync<string>(Focused));
        }
        await page.Keyboard.PressAsync("Control+j");
        Assert.Equal(titles[0], await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(titles[0]);
    }

    [Fact]
    public async Task J_at_the_last_paper_stays_there()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/papers/date/2025-08-12");

        for (var i = 0; i < 4; i++)
            await page.Keyboard.PressAsync("j");

        Assert.Equal(await page.Locator(".card .title a").Last.InnerTextAsync(), await page.EvaluateAsync<string>(Focused));
    }
}
