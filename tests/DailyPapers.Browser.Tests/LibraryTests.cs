using DailyPapers.TestSupport;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>The reading list and collections, with the script and without.</summary>
public sealed class LibraryTests(BrowserFixture fixture)
{
    private const string Day = "/papers/date/" + SampleContent.DayBefore;

    [Fact]
    public async Task A_paper_is_saved_in_place_and_stays_saved()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await RegisterAsync(context, "Saver");
        await page.GotoAsync(Day);
        var button = page.Locator(".card").First.GetByRole(AriaRole.Button, new() { Name = "Read later" });
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await page.RunAndWaitForResponseAsync(
            () => page.Locator(".card").First.GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true }).ClickAsync(), response => response.Url.Contains("/reading/", StringComparison.Ordinal));
        Assert.EndsWith(Day, page.Url, StringComparison.Ordinal);
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".card").First.GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task A_collection_is_made_arranged_by_dragging_and_keeps_its_order()
    {
        await using var context = await fixture.NewContextAsync();
        var page = await RegisterAsync(context, "Dragger");
        await CollectAsync(page);
        var titles = await page.Locator(".collected .title").AllInnerTextsAsync();
        Assert.Equal(2, titles.Count);
        await page.RunAndWaitForResponseAsync(
            () => page.Locator(".drag-handle").Nth(1).DragToAsync(page.Locator(".collected > li").Nth(0), new() { TargetPosition = new() { X = 60, Y = 5 } }),
            response => response.Url.EndsWith("/order", StringComparison.Ordinal) && response.Status == 204);
        await Assertions.Expect(page.Locator(".collected .title").First).ToHaveTextAsync(titles[1]);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".collected .title").First).ToHaveTextAsync(titles[1]);
    }

    [Fact]
    public async Task Without_script_a_collection_is_made_and_arranged_by_buttons()
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = false);
        var page = await RegisterAsync(context, "Plain");
        await CollectAsync(page);
        var titles = await page.Locator(".collected .title").AllInnerTextsAsync();
        await Assertions.Expect(page.Locator(".drag-handle")).ToHaveCountAsync(0);
        await page.Locator(".collected > li").Nth(0).Locator("button[value=down]").ClickAsync();
        await Assertions.Expect(page.Locator(".collected .title").First).ToHaveTextAsync(titles[1]);
    }

    private static async Task<IPage> RegisterAsync(IBrowserContext context, string name)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Name shown to others").FillAsync(name);
        await page.GetByLabel("E-mail address").FillAsync($"{name}-{Guid.NewGuid():N}@example.org");
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync(name);
        return page;
    }

    // Makes a collection from one paper's page, adds another from its own, and stays on the collection.
    private static async Task CollectAsync(IPage page)
    {
        await page.GotoAsync("/papers/" + SampleContent.PaperWithReproduction);
        await page.GetByText("Add to a collection").ClickAsync();
        await page.GetByLabel("New private collection").FillAsync("A shelf");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it and add" }).ClickAsync();
        await Assertions.Expect(page.Locator(".own")).ToContainTextAsync("A shelf");
        await page.GotoAsync("/papers/" + SampleContent.PaperWithoutReproduction);
        await page.GetByText("Add to a collection").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "A shelf" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A shelf");
    }
}
