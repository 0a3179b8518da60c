using System.Globalization;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>Arranging an edition by keyboard, by dragging, and without script.</summary>
public sealed class DeskTests(BrowserFixture fixture)
{
    private static string Day(int ahead) => "/desk/" + DateTime.UtcNow.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Papers_are_picked_and_skipped_by_keyboard()
    {
        await using var context = await fixture.NewContextAsync(administers: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Day(20) + "?text=Cranes");
        var titles = await page.Locator(".candidate .title").AllTextContentsAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(page.Locator(".picked .name")).ToHaveTextAsync([titles[0]]);
        await Assertions.Expect(page.Locator(".candidate").First).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".candidate .title").First).ToHaveTextAsync(titles[1]);
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(page.Locator(".picked .name")).ToHaveTextAsync([titles[0], titles[1]]);

        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.Locator(".candidate .title").First).ToHaveTextAsync(titles[3]);
        await page.GotoAsync(Day(20) + "?show=skipped");
        await Assertions.Expect(page.Locator(".candidate .title")).ToHaveTextAsync([titles[2]]);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.Locator(".candidate")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_repeats_a_topic_is_seen_without_script_and_follows_what_is_picked()
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = false, administers: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Day(23) + "?text=Cranes");
        var similar = page.Locator(".candidate").Last.Locator(".alike li");
        await Assertions.Expect(similar.First).ToContainTextAsync("% alike");
        await Assertions.Expect(page.Locator(".alike").GetByText("picked for this edition")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pick") }).First.ClickAsync();

        await Assertions.Expect(similar.GetByText("picked for this edition")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Picked_papers_are_dragged_into_order()
    {
        await using var context = await fixture.NewContextAsync(administers: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Day(21) + "?text=Cranes");
        for (var i = 1; i <= 3; i++)
        {
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pick") }).First.ClickAsync();
            await Assertions.Expect(page.Locator(".picked li")).ToHaveCountAsync(i);
        }
        var titles = await page.Locator(".picked .name").AllTextContentsAsync();

        var saved = page.WaitForResponseAsync(response => response.Url.EndsWith("/order", StringComparison.Ordinal));
        await page.Locator(".picked li").Nth(2).DragToAsync(page.Locator(".picked li").First, new() { TargetPosition = new() { X = 20, Y = 4 } });
        await saved;

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".picked .name")).ToHaveTextAsync([titles[2], titles[0], titles[1]]);
    }

    [Fact]
    public async Task Everything_is_done_by_buttons_where_there_is_no_script()
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = false, administers: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Day(22) + "?text=Cranes");
        var titles = await page.Locator(".candidate .title").AllTextContentsAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pick") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pick") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Down") }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".picked .name")).ToHaveTextAsync([titles[1], titles[0]]);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Schedule") }).ClickAsync();
        await Assertions.Expect(page.Locator(".draft-state")).ToContainTextAsync("Appears by itself");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Take the schedule") }).ClickAsync();
        await Assertions.Expect(page.Locator(".draft-state")).ToContainTextAsync("Not scheduled");
        await Assertions.Expect(page.Locator("[data-desk-keys]")).ToBeHiddenAsync();
    }
}
