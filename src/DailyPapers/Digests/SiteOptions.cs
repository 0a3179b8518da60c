using DailyPapers.Wording;

namespace DailyPapers.Digests;

/// <summary>How the site is known outside; section <c>Site</c> of the settings.</summary>
public sealed class SiteOptions
{
    /// <summary>The name mails carry.</summary>
    public string Name { get; set; } = "Daily Papers";

    /// <summary>The address readers use, such as <c>https://papers.example.org</c>; every link in a mail begins with it.</summary>
    public string Url { get; set; } = "http://localhost:5000";

    /// <summary>The IANA name of the time zone that digests are scheduled in.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The language for visitors whose browser asks for none of the site's, for mails to who chose none, and for feeds: a tag such as <c>en</c> or <c>de</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Who runs the site and how to reach them, shown on the page about privacy; null when the settings name nobody.</summary>
    public string? Contact { get; set; }

    /// <summary>The texts of the language that somebody chose, or of the site's own where they chose none that it has.</summary>
    internal Texts TextsFor(string? language) => OfferedLanguages.Find(language) ?? OfferedLanguages.Find(Language) ?? OfferedLanguages.English;
}
