using DailyPapers.Search.Correcting;

namespace DailyPapers.Search;

/// <summary>A page of hits.</summary>
/// <param name="Hits">The hits of the page asked for.</param>
/// <param name="Total">The papers that have all the words, and those that meaning adds to them.</param>
/// <param name="Elapsed">How long the search took.</param>
/// <param name="Problem">What in the query was not understood and how it was read instead, in a sentence for the person; null when all was understood.</param>
/// <param name="Building">The progress while the index is being built, when hits may be missing; else null.</param>
public sealed record SearchResults(IReadOnlyList<SearchHit> Hits, int Total, TimeSpan Elapsed, string? Problem, IndexBuild? Building)
{
    /// <summary>What the hits were found by: words alone where meaning could not be asked, or does not order them.</summary>
    public SearchMode Mode { get; init; } = SearchMode.Lexical;

    /// <summary>What the query probably meant, where it seems to have a typing error; else null.</summary>
    public Correction? Correction { get; init; }

    /// <summary>The matches counted by what they could be narrowed to, where the request asked for it; else null.</summary>
    public SearchFacets? Facets { get; init; }
}
