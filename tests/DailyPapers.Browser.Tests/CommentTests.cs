using DailyPapers.TestSupport;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

public sealed class CommentTests(BrowserFixture fixture)
{
    private const string Discussed = "/papers/" + SampleContent.PaperWithoutReproduction;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_comment_is_written_answered_and_deleted_with_and_without_script(bool script)
    {
        await using var context = await fixture.NewContextAsync(options => options.JavaScriptEnabled = script, signedIn: true);
        var page = await context.NewPageAsync();
        var text = $"A remark {Guid.NewGuid():N}";
        await page.GotoAsync(script ? "/papers/2507.30001" : "/papers/2403.30001");

        await page.GetByLabel("Add a comment").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        var comment = page.Locator(".comment").Filter(new() { HasText = text }).First;
        await Assertions.Expect(comment).ToBeInViewportAsync();

        await comment.GetByText("Reply").First.ClickAsync();
        await comment.GetByLabel("Your reply to Ada Reader").FillAsync("An answer to myself");
        await comment.GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Assertions.Expect(page.Locator(".comment").Filter(new() { HasText = text }).Locator(".replies .comment-text")).ToHaveTextAsync("An answer to myself");

        await page.Locator(".comment").Filter(new() { HasText = text }).First.GetByRole(AriaRole.Link, new() { Name = "Delete" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByText(text)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("An answer to myself")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.Locator(".comment")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_reaction_shows_at_once_and_stays()
    {
        await using var context = await fixture.NewContextAsync(signedIn: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Discussed);
        var button = page.Locator("#comment-1 button[value=Thanks]").First;

        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(button.Locator(".count")).ToHaveTextAsync("1");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.ReloadAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");

        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(button.Locator(".count")).ToHaveTextAsync("");
    }

    [Fact]
    public async Task A_reaction_that_is_refused_is_taken_back_with_a_word()
    {
        await using var context = await fixture.NewContextAsync(signedIn: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Discussed);
        await page.RouteAsync("**/reactions", route => route.AbortAsync());
        var button = page.Locator("#comment-1 button[value=Doubt]").First;

        await button.ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(["Reload the page"]);
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task Opening_a_reply_puts_the_cursor_into_it()
    {
        await using var context = await fixture.NewContextAsync(signedIn: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Discussed);

        await page.Locator("#comment-1 summary").First.ClickAsync();

        await Assertions.Expect(page.Locator("#reply-1")).ToBeFocusedAsync();
    }
}
