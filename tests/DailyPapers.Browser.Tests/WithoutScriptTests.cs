using DailyPapers.TestSupport;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>Everything works with JavaScript off.</summary>
public sealed class WithoutScriptTests(BrowserFixture fixture)
{
    [Fact]
    public async Task A_reader_walks_from_the_edition_to_a_paper_and_back_and_through_editions()
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        var title = await page.Locator(".card .title").First.InnerTextAsync();

        await page.Locator(".card .title a").First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Wednesday, 13 August 2025");
        await page.Locator(".step.prev").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Tuesday, 12 August 2025");
        await page.Locator(".step.next").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Wednesday, 13 August 2025");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Period" }).GetByText("Week").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Week 33");
    }

    [Fact]
    public async Task The_search_form_asks_the_search_page()
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/about");

        await page.GetByLabel("Search papers").FillAsync("grokking & more");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/search?q=grokking+%26+more");
        await Assertions.Expect(page.GetByLabel("Words to search for")).ToHaveValueAsync("grokking & more");
    }

    [Fact]
    public async Task A_reader_registers_upvotes_takes_it_back_and_signs_in_again()
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = false);
        var page = await context.NewPageAsync();
        var paper = "/papers/2310.13061";
        await page.GotoAsync(paper);

        await page.Locator(".vote").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Make one" }).ClickAsync();
        await page.GetByLabel("Name shown to others").FillAsync("Grace Reader");
        await page.GetByLabel("E-mail address").FillAsync("ruth@example.org");
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await page.WaitForURLAsync("**" + paper);

        var vote = page.Locator(".vote");
        await Assertions.Expect(vote).ToHaveAttributeAsync("aria-pressed", "false");
        await vote.ClickAsync();
        await Assertions.Expect(vote).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(vote).ToHaveTextAsync("1");
        await vote.ClickAsync();
        await Assertions.Expect(vote).ToHaveAttributeAsync("aria-pressed", "false");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync("ruth@example.org");
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync("Grace Reader");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/papers/" + SampleContent.PaperWithReproduction)]
    public async Task Nothing_is_offered_that_needs_a_script(string path)
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = false);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);

        await Assertions.Expect(page.Locator("[data-theme-toggle]")).ToBeHiddenAsync();
        foreach (var details in await page.Locator("details").AllAsync())
            await details.Locator("summary").ClickAsync();
        foreach (var copy in await page.Locator("[data-copy]").AllAsync())
            await Assertions.Expect(copy).ToBeHiddenAsync();
    }
}
