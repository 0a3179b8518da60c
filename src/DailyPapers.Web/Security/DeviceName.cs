namespace DailyPapers.Web.Security;

/// <summary>Names a browser and its system for the list of sessions, roughly: it is for people to recognise their own.</summary>
internal static class DeviceName
{
    private const char Between = '/';

    // The order matters: nearly every browser also claims to be another.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>What is stored of a browser: names only, since each reader's language words them.</summary>
    public static string Of(string userAgent)
    {
        var browser = First(Browsers, userAgent);
        var system = First(Systems, userAgent);
        return $"{browser}{Between}{system}";
    }

    /// <summary>A stored name in the language that is spoken; those of earlier versions were sentences and stay as they are.</summary>
    public static string Text(string stored)
    {
        var parts = stored.Split(Between);
        return parts switch
        {
            ["", ""] => T["An unknown device"],
            ["", var system] => T["A browser on {0}", OnText(system)],
            [var browser, ""] => browser,
            [var browser, var system] => T["{0} on {1}", browser, OnText(system)],
            _ => stored,
        };
    }

    private static string OnText(string system) => system switch
    {
        "iPhone" => T["an iPhone"],
        "iPad" => T["an iPad"],
        _ => system,
    };

    private static string? First((string Mark, string Name)[] known, string userAgent) =>
        Array.Find(known, entry => userAgent.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
