using System.Text.RegularExpressions;
using Quartz;

namespace DailyPapers.Sources.Arxiv;

/// <summary>The section <c>Sources:Arxiv</c> of the settings.</summary>
public sealed partial record ArxivOptions
{
    /// <summary>The Atom query API.</summary>
    public Uri AtomUrl { get; init; } = new("https://export.arxiv.org/api/query");

    /// <summary>The OAI-PMH interface.</summary>
    public Uri OaiUrl { get; init; } = new("https://oaipmh.arxiv.org/oai");

    /// <summary>The announcements of the day; the categories are appended.</summary>
    public Uri RssUrl { get; init; } = new("https://rss.arxiv.org/rss/");

    /// <summary>The most entries of one listing that the Atom API serves, 30,000 unless set; a longer listing is continued by date.</summary>
    public int LongestListing { get; init; } = 30_000;

    /// <summary>The categories harvested by <see cref="Schedule"/>, separated by spaces or commas, such as <c>cs.LG stat.ML</c>.</summary>
    public string Categories { get; init; } = "";

    /// <summary>
    /// When to harvest, as a crontab line of five fields in UTC (<c>30 4 * * MON-FRI</c>) or one of the macros such as
    /// <c>@daily</c>. arXiv announces from Sunday to Thursday at 20:00 US Eastern. Never, unless set.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>How many days back the first scheduled harvest begins; 7 unless set.</summary>
    public int FirstDays { get; init; } = 7;

    /// <summary>Whether the day's new announcements in <see cref="Categories"/> become the day's edition.</summary>
    public bool Editions { get; init; }

    internal IReadOnlyList<string> CategoryList => Categories.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal void Check()
    {
        if (LongestListing < 1)
            throw SourcesOptions.Invalid($"Sources:Arxiv:LongestListing is {LongestListing}.", "Give at least 1.");
        foreach (var category in CategoryList)
            CheckCategory(category);
        if (string.IsNullOrWhiteSpace(Schedule))
            return;
        if (CategoryList.Count == 0)
            throw SourcesOptions.Invalid("Sources:Arxiv:Schedule is set but Sources:Arxiv:Categories is not.", "Name the categories to harvest, such as 'cs.LG stat.ML'.");
        if (FirstDays is < 1 or > 36500)
            throw SourcesOptions.Invalid($"Sources:Arxiv:FirstDays is {FirstDays}.", "Give a number of days of at least 1.");
        _ = Times();
    }

    internal CronExpression Times()
    {
        try
        {
            return CronExpression.Parse(Schedule!, CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc);
        }
        catch (FormatException exception)
        {
            throw SourcesOptions.Invalid(
                $"Sources:Arxiv:Schedule is '{Schedule}'. {exception.Message}", "Give five fields as in a crontab, such as '30 4 * * MON-FRI'.", exception);
        }
    }

    internal static void CheckCategory(string category)
    {
        if (!CategoryPattern().IsMatch(category))
            throw new SourceException("arXiv", $"'{category}' is not an arXiv category.", "Write it as arXiv does, such as cs.LG, stat.ML or hep-th.");
    }

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)?(\.[A-Za-z]{2}|\.[a-z]+(-[a-z]+)+|\.[a-z]{3,})?$", RegexOptions.CultureInvariant)]
    private static partial Regex CategoryPattern();
}
