namespace DailyPapers.Search;

/// <summary>A question to the search.</summary>
public sealed record SearchRequest
{
    /// <summary>The longest query accepted, in characters.</summary>
    public const int LongestText = 500;

    /// <summary>The words as typed: terms, <c>"phrases"</c>, <c>prefix*</c>, <c>-excluded</c>, <c>author:</c>, <c>title:</c>, <c>cat:</c>, <c>keyword:</c>, <c>year:2023</c> or <c>year:2020-2023</c>.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only papers of this category, such as <c>cs.LG</c>; <c>cs</c> means the whole archive.</summary>
    public string? Category { get; init; }

    /// <summary>Only papers with exactly this keyword.</summary>
    public string? Keyword { get; init; }

    /// <summary>Only papers published in or after this year.</summary>
    public int? YearFrom { get; init; }

    /// <summary>Only papers published in or before this year.</summary>
    public int? YearTo { get; init; }

    /// <summary>Only papers with code.</summary>
    public bool HasCode { get; init; }

    /// <summary>Only papers with a reproduction.</summary>
    public bool HasReproduction { get; init; }

    /// <summary>The order of the hits.</summary>
    public SearchSort Sort { get; init; }

    /// <summary>1 for the first page.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Hits on a page, 1 to 100.</summary>
    public int PageSize { get; init; } = 20;
}
