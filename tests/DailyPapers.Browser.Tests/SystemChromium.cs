namespace DailyPapers.Browser.Tests;

/// <summary>The browser this machine has; none is ever downloaded.</summary>
internal static class SystemChromium
{
    private const string Variable = "PAPERS_TEST_CHROMIUM";

    public const string Absence = $"No Chromium was found; install one or name it in {Variable}.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    private static readonly string[] OtherPlaces =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>Its executable, or null.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new FileNotFoundException($"{Variable} names '{named}', which does not exist.");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Append("/usr/bin").Select(folder => Path.Combine(folder, name)))
            .Concat(OtherPlaces)
            .FirstOrDefault(File.Exists);
    }
}
