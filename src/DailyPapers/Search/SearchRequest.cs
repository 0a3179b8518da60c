using DailyPapers.Editions;

namespace DailyPapers.Search;

/// <summary>A question to the search.</summary>
public sealed record SearchRequest
{
    /// <summary>The longest query accepted, in characters.</summary>
    public const int LongestText = 500;

    /// <summary>The words as typed: terms, <c>"phrases"</c>, <c>prefix*</c>, <c>-excluded</c>, <c>author:</c>, <c>title:</c>, <c>cat:</c>, <c>keyword:</c>, <c>year:2023</c> or <c>year:2020-2023</c>.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether words, meaning or both decide. An order other than relevance goes by words.</summary>
    public SearchMode Mode { get; init; }

    /// <summary>Only papers of this category, such as <c>cs.LG</c>; <c>cs</c> means the whole archive.</summary>
    public string? Category { get; init; }

    /// <summary>Only papers with exactly this keyword.</summary>
    public string? Keyword { get; init; }

    /// <summary>Only papers of exactly this venue, such as <c>neurips</c>.</summary>
    public string? Venue { get; init; }

    /// <summary>Only papers published on or after this day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only papers published on or before this day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only papers of the editions of this period.</summary>
    public Period? Edition { get; init; }

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

    /// <summary>True to search for the words exactly as typed: no typing error is looked for.</summary>
    public bool Exact { get; init; }

    /// <summary>True to have the matches counted by year, venue, category and keyword.</summary>
    public bool WithFacets { get; init; }

    /// <summary>True to have every hit's score explained.</summary>
    public bool WithExplanations { get; init; }

    /// <summary>True when there are neither words nor a filter: nothing is asked for.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text)
        && this is { Category: null, Keyword: null, Venue: null, From: null, To: null, Edition: null, HasCode: false, HasReproduction: false };
}
