namespace DailyPapers.Web.Hosting;

/// <summary>What the site calls itself; section <c>Site</c> of the settings.</summary>
public sealed class SiteOptions
{
    /// <summary>The name in the masthead and in mails.</summary>
    public string Name { get; set; } = "Daily Papers";

    /// <summary>The address readers use, for links in mails and for <c>rel=canonical</c>, such as <c>https://papers.example.org</c>.</summary>
    public string? Url { get; set; }
}
