using System.Globalization;
using DailyPapers.Papers;

namespace DailyPapers.Sources.Arxiv;

/// <summary>What to ask of the Atom query API: identifiers, or categories and days of first submission.</summary>
public sealed record ArxivQuery
{
    /// <summary>The papers wanted; when given, categories and dates must be absent.</summary>
    public IReadOnlyList<ArxivId> Ids { get; init; } = [];

    /// <summary>Papers in any of these categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>First submitted on this day (UTC) or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>First submitted on this day (UTC) or earlier.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Entries asked for at once, at most 2,000.</summary>
    public int PageSize { get; init; } = 500;

    internal string CursorKey => SourceCursors.KeyOf("arxiv-query", Ids.Count > 0
        ? string.Join(',', Ids)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', Categories)}:{From:yyyy-MM-dd}..{Until:yyyy-MM-dd}"));

    internal void Check()
    {
        if (Ids.Count > 0 && (Categories.Count > 0 || From is not null || Until is not null))
            throw Invalid("both identifiers and categories or dates were given.", "Ask for the one or the other.");
        if (Ids.Count == 0 && Categories.Count == 0)
            throw Invalid("neither identifiers nor categories were given.", "Name what to import, such as the category cs.LG.");
        foreach (var category in Categories)
            ArxivOptions.CheckCategory(category);
        if (From > Until)
            throw Invalid($"the query would begin on {From:yyyy-MM-dd}, after its end on {Until:yyyy-MM-dd}.", "Exchange the dates.");
        if (PageSize is < 1 or > 2_000)
            throw Invalid($"a page of {PageSize} entries was asked for.", "Ask for 1 to 2,000.");
    }

    private static SourceException Invalid(string happened, string remedy) => new(ArxivClient.Name, happened, remedy);
}
