namespace DailyPapers.Search;

/// <summary>A page of hits.</summary>
/// <param name="Hits">The hits of the page asked for.</param>
/// <param name="Total">All papers that match.</param>
/// <param name="Elapsed">How long the search took.</param>
/// <param name="Problem">What in the query was not understood and how it was read instead, in a sentence for the person; null when all was understood.</param>
/// <param name="Building">The progress while the index is being built, when hits may be missing; else null.</param>
public sealed record SearchResults(IReadOnlyList<SearchHit> Hits, int Total, TimeSpan Elapsed, string? Problem, IndexBuild? Building);
