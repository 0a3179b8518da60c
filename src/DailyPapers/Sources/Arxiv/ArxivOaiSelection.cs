using System.Globalization;
using System.Text.RegularExpressions;

namespace DailyPapers.Sources.Arxiv;

/// <summary>What to harvest over OAI-PMH.</summary>
public sealed partial record ArxivOaiSelection
{
    /// <summary>A set such as <c>cs</c> or <c>cs:cs:LG</c>; null for all of arXiv. See <see cref="SetOf"/>.</summary>
    public string? Set { get; init; }

    /// <summary>The first day of changes wanted; null for everything since arXiv's records begin.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day of changes wanted; null for a standing harvest that each run continues.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Days asked for in one list, 30 unless set: what is asked for again when arXiv forgets a list half-way.</summary>
    public int WindowDays { get; init; } = 30;

    /// <summary>Where a standing harvest of the scheduler begins the first time, and only then.</summary>
    internal DateOnly? FirstFrom { get; init; }

    internal string CursorKey => From is null && Until is null
        ? SourceCursors.KeyOf("arxiv-oai", Set ?? "all")
        : SourceCursors.KeyOf("arxiv-oai", string.Create(CultureInfo.InvariantCulture, $"{Set ?? "all"}:{From:yyyy-MM-dd}..{Until:yyyy-MM-dd}"));

    /// <summary>The set of a category: <c>cs.LG</c> is in <c>cs:cs:LG</c>, <c>hep-th</c> in <c>physics:hep-th</c>.</summary>
    /// <exception cref="SourceException"><paramref name="category"/> is not written like a category.</exception>
    public static string SetOf(string category)
    {
        ArxivOptions.CheckCategory(category);
        var dot = category.IndexOf('.');
        var archive = dot < 0 ? category : category[..dot];
        var isOwnGroup = archive is "cs" or "econ" or "eess" or "math" or "q-bio" or "q-fin" or "stat";
        if (isOwnGroup)
            return dot < 0 ? archive : $"{archive}:{archive}:{category[(dot + 1)..]}";
        // All other archives belong to the group "physics".
        return dot < 0 ? $"physics:{archive}" : $"physics:{archive}:{category[(dot + 1)..]}";
    }

    internal void Check()
    {
        if (Set is not null && !SetPattern().IsMatch(Set))
            throw new SourceException(ArxivClient.Name, $"'{Set}' is not the name of a set.", "Write it as arXiv's ListSets does, such as cs or cs:cs:LG.");
        if (WindowDays is < 1 or > 36_500)
            throw new SourceException(ArxivClient.Name, $"windows of {WindowDays} days were asked for.", "Ask for at least 1.");
        if (From is { } from && Until is { } until && from > until)
            throw new SourceException(ArxivClient.Name, $"the harvest would begin on {from:yyyy-MM-dd}, after its end on {until:yyyy-MM-dd}.", "Exchange the dates.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]+(:[A-Za-z0-9-]+){0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex SetPattern();
}
