using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>Suggestions while typing, by keyboard, pointer and touch.</summary>
public sealed class SuggestTests(BrowserFixture fixture)
{
    private const string Axe = """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false,
            runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
          return violations.flatMap(v => v.nodes.slice(0, 4).map(n => `${v.id} (${v.help}): ${n.html} ${n.any[0]?.message ?? ""}`));
        }
        """;

    [Fact]
    public async Task A_paper_is_reached_by_typing_alone_in_spite_of_an_error()
    {
        await using var visit = await Visit.ToAsync(fixture, SitePages.Named("about"));
        var page = visit.Page;
        var (field, list) = (page.GetByRole(AriaRole.Combobox, new() { Name = "Search papers" }), page.GetByRole(AriaRole.Listbox));
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-expanded", "false");

        await page.Keyboard.TypeAsync("two pass sfotmax");
        var option = list.GetByRole(AriaRole.Option).Filter(new() { HasText = "Two-Pass Softmax" });
        await Assertions.Expect(option).ToBeVisibleAsync();
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(page.Locator(".search [role=status]")).ToContainTextAsync("Suggestions: ");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-activedescendant", (await option.GetAttributeAsync("id"))!);
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/papers/2001.04438");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Arrows_go_around_by_way_of_the_field_and_Escape_keeps_what_was_typed()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/search");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Words to search for" });
        var options = page.Locator(".search-page").GetByRole(AriaRole.Listbox).GetByRole(AriaRole.Option);
        await field.FillAsync("train");
        await Assertions.Expect(options.First).ToBeVisibleAsync();
        var count = await options.CountAsync();
        Assert.InRange(count, 2, 8);

        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(options.Last).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("[aria-selected=true]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(options.First).ToBeHiddenAsync();
        await Assertions.Expect(field).ToHaveValueAsync("train");
        await Assertions.Expect(field).ToBeFocusedAsync();
        // It opens again where it was, and Tab leaves without choosing.
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(options.First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(options.First).ToBeHiddenAsync();
        await Assertions.Expect(field).ToHaveValueAsync("train");
    }

    [Fact]
    public async Task Enter_without_a_choice_searches_for_what_was_typed()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/about");
        await page.GetByLabel("Search papers").FillAsync("train");
        await Assertions.Expect(page.GetByRole(AriaRole.Listbox)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/search?q=train");
    }

    [Fact]
    public async Task A_late_answer_never_replaces_a_newer_one()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/about");
        var first = new TaskCompletionSource();
        await page.RouteAsync("**/api/suggest?*q=soft", async route =>
        {
            await first.Task;
            // The page has given this question up meanwhile.
            await route.FulfillAsync(new() { Json = new { query = "soft", suggestions = new[] { new { kind = "paper", text = "Late", marks = Array.Empty<int[]>(), url = "/late" } } } });
        });
        var field = page.GetByLabel("Search papers");
        var asked = page.WaitForRequestAsync("**/api/suggest?*q=soft");
        await field.FillAsync("soft");
        await asked;
        await field.FillAsync("old-style");
        await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("old-style", new() { IgnoreCase = true });
        first.SetResult();
        await Assertions.Expect(page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Late" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("old-style", new() { IgnoreCase = true });
    }

    [Fact]
    public async Task Text_of_a_suggestion_is_text()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/about");
        await page.RouteAsync("**/api/suggest?*", route => route.FulfillAsync(new()
        {
            Json = new { query = "x", suggestions = new[] { new { kind = "paper", text = "<img src=x onerror=alert(1)>", marks = (int[][])[[0, 4]], url = "/papers/none", detail = "<b>bold</b>" } } },
        }));
        await page.GetByLabel("Search papers").FillAsync("img");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveTextAsync("<img src=x onerror=alert(1)> <b>bold</b>");
        await Assertions.Expect(page.Locator(".suggestions img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_tap_goes_to_the_paper()
    {
        await using var context = await fixture.NewContextAsync(options =>
        {
            options.HasTouch = true;
            options.ViewportSize = new() { Width = 390, Height = 844 };
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/about");
        await page.GetByLabel("Search papers").TapAsync();
        await page.Keyboard.TypeAsync("two pass soft");
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Two-Pass" }).TapAsync();
        await page.WaitForURLAsync("**/papers/2001.04438");
    }

    [Theory]
    [InlineData("/about", "Search papers", 1280)]
    [InlineData("/about", "Search papers", 390)]
    [InlineData("/search?q=sofmax", "Words to search for", 1280)]
    [InlineData("/search?q=sofmax", "Words to search for", 390)]
    public async Task Open_suggestions_are_accessible_and_fit(string path, string label, int width)
    {
        foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var context = await fixture.NewContextAsync(options =>
            {
                options.ColorScheme = theme;
                options.ViewportSize = new() { Width = width, Height = 844 };
            });
            var page = await context.NewPageAsync();
            await page.GotoAsync(path);
            await page.GetByLabel(label).FillAsync("mod");
            await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
            Assert.Empty(await page.EvaluateAsync<string[]>(Axe));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The list is wider than the page.");
            await Screenshot.TakeAsync(page, $"suggest-{(path == "/about" ? "header" : "page")}-{width}-{theme.ToString().ToLowerInvariant()}");
        }
    }

    [Fact]
    public async Task Without_script_the_field_is_a_plain_search()
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/about");
        var field = page.GetByLabel("Search papers");
        Assert.Null(await field.GetAttributeAsync("role"));
        await field.FillAsync("sofmax");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/search?q=sofmax");
        await page.Locator(".correction").GetByRole(AriaRole.Link, new() { Name = "sofmax" }).ClickAsync();
        await page.WaitForURLAsync("**/search?q=sofmax&exact=on");
        await Assertions.Expect(page.Locator(".correction")).ToHaveCountAsync(0);
    }
}
