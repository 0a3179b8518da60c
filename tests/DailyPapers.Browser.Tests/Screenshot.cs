using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>Keeps what a page looked like, for people, in the folder <c>PAPERS_TEST_SCREENSHOTS</c> names.</summary>
internal static class Screenshot
{
    private const int Tallest = 3000;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("PAPERS_TEST_SCREENSHOTS");

    public static async Task TakeAsync(IPage page, string name)
    {
        if (string.IsNullOrEmpty(Folder))
            return;
        var height = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Folder, name + ".png"),
            FullPage = true,
            Clip = new() { X = 0, Y = 0, Width = page.ViewportSize!.Width, Height = Math.Min(height, Tallest) },
        });
    }
}
