using DailyPapers.TestSupport;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>What scripts and media queries add.</summary>
public sealed class ConvenienceTests(BrowserFixture fixture)
{
    [Theory]
    [InlineData(ColorScheme.Light, "dark", "light")]
    [InlineData(ColorScheme.Dark, "light", "dark")]
    public async Task A_chosen_theme_stays_chosen(ColorScheme system, string first, string second)
    {
        await using var context = await fixture.NewContextAsync(options => options.ColorScheme = system);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/about");
        var before = await BackgroundAsync(page);

        await page.Locator("[data-theme-toggle]").ClickAsync();
        Assert.NotEqual(before, await BackgroundAsync(page));
        foreach (var path in (string[])["/about", "/lab", "/account/sign-in"])
        {
            await page.GotoAsync(path);
            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", first);
            Assert.NotEqual(before, await BackgroundAsync(page));
        }
        await page.Locator("[data-theme-toggle]").ClickAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", second);
        Assert.Equal(before, await BackgroundAsync(page));
    }

    [Fact]
    public async Task An_upvote_shows_before_the_server_answers_and_survives_a_reload()
    {
        await using var context = await fixture.NewContextAsync(signedIn: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/papers/2503.04715");
        var vote = page.Locator(".vote");
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/upvote", async route =>
        {
            arrived.SetResult();
            await answer.Task;
            await route.ContinueAsync();
        });

        await vote.ClickAsync();
        await arrived.Task;
        await ExpectVoteAsync(vote, pressed: true, "1");
        var answered = page.WaitForResponseAsync("**/upvote");
        answer.SetResult();
        Assert.Equal(200, (await answered).Status);
        await ExpectVoteAsync(vote, pressed: true, "1");
        await page.ReloadAsync();
        await ExpectVoteAsync(vote, pressed: true, "1");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(0)]
    public async Task An_upvote_is_taken_back_and_the_reader_told_when_the_server_refuses(int status)
    {
        await using var context = await fixture.NewContextAsync(signedIn: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/papers/" + SampleContent.OldStylePaper);
        var vote = page.Locator(".vote");
        var arrived = new TaskCompletionSource();
        var refusal = new TaskCompletionSource();
        await page.RouteAsync("**/upvote", async route =>
        {
            arrived.SetResult();
            await refusal.Task;
            await (status == 0 ? route.AbortAsync() : route.FulfillAsync(new() { Status = status, Body = "no" }));
        });

        await vote.ClickAsync();
        await arrived.Task;
        await ExpectVoteAsync(vote, pressed: true, "1");
        refusal.SetResult();
        await ExpectVoteAsync(vote, pressed: false, "0");
        await Assertions.Expect(page.Locator(".toast[role=status]")).ToContainTextAsync("not counted");
    }

    [Fact]
    public async Task An_upvote_after_the_session_ended_is_taken_back()
    {
        await using var context = await fixture.NewContextAsync(signedIn: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/papers/" + SampleContent.OldStylePaper);
        await context.ClearCookiesAsync();

        await page.Locator(".vote").ClickAsync();

        await Assertions.Expect(page.Locator(".toast[role=status]")).ToContainTextAsync("not counted");
        await ExpectVoteAsync(page.Locator(".vote"), pressed: false, "0");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/papers/" + SampleContent.PaperWithReproduction)]
    public async Task Paper_gets_the_papers_and_not_the_navigation(string path)
    {
        await using var context = await fixture.NewContextAsync(options => options.ColorScheme = ColorScheme.Dark);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var part in (string[])[".site-header nav", ".search", ".site-footer", ".rail form", ".vote"])
            await Assertions.Expect(page.Locator(part).First).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        Assert.True((await page.Locator("h1").BoundingBoxAsync())!.Width > 600, "The heading does not have the paper's width.");
        // Ink on white, whatever the screen's theme.
        Assert.Equal("rgb(255, 255, 255)", await BackgroundAsync(page));
        var colours = await page.EvaluateAsync<string[]>("() => [...new Set([...document.querySelectorAll('main h1, main h2, main p, main dd, main a')].filter(e => e.checkVisibility()).map(e => getComputedStyle(e).color))]");
        Assert.All(colours, colour => Assert.True(Luminance(colour) < 0.35, $"{colour} is too pale to print."));
        await Screenshot.TakeAsync(page, $"print{path.Replace('/', '-')}");
    }

    [Theory]
    [InlineData(ReducedMotion.NoPreference, true)]
    [InlineData(ReducedMotion.Reduce, false)]
    public async Task Pages_move_only_for_those_who_did_not_ask_for_stillness(ReducedMotion preference, bool moves)
    {
        await using var context = await fixture.NewContextAsync(options => options.ReducedMotion = preference);
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync("addEventListener('pagereveal', event => { window.movedIn = event.viewTransition !== null; });");
        await page.GotoAsync("/about");
        await page.Locator(".site-footer a[href='/lab']").ClickAsync();
        await page.WaitForURLAsync("**/lab");

        await page.WaitForFunctionAsync("() => window.movedIn !== undefined");
        Assert.Equal(moves, await page.EvaluateAsync<bool>("() => window.movedIn"));
    }

    [Fact]
    public async Task A_citation_is_copied_by_a_button()
    {
        await using var context = await fixture.NewContextAsync();
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/papers/" + SampleContent.PaperWithReproduction);

        await page.Locator(".cite summary").ClickAsync();
        await page.Locator("[data-copy]").ClickAsync();

        await Assertions.Expect(page.Locator("[data-copy]")).ToHaveTextAsync("Copied");
        Assert.StartsWith("@misc{", await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task ExpectVoteAsync(ILocator vote, bool pressed, string count)
    {
        await Assertions.Expect(vote).ToHaveAttributeAsync("aria-pressed", pressed ? "true" : "false");
        await Assertions.Expect(vote.Locator(".count")).ToHaveTextAsync(count);
    }

    private static double Luminance(string colour)
    {
        var parts = colour[(colour.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        var channels = parts.SkipWhile(part => !char.IsDigit(part[0])).Take(3).Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var scale = colour.StartsWith("rgb", StringComparison.Ordinal) ? 255 : 1;
        return ((0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2])) / scale;
    }
}
