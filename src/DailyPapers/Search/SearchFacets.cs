namespace DailyPapers.Search;

/// <summary>How the matches of a search are spread.</summary>
/// <param name="Years">By year of publication, newest first.</param>
/// <param name="Venues">By venue, most papers first.</param>
/// <param name="Categories">By category, most papers first.</param>
/// <param name="Keywords">By keyword, most papers first.</param>
/// <param name="WithCode">Matches with code.</param>
/// <param name="WithReproduction">Matches that were run in the lab.</param>
public sealed record SearchFacets(
    IReadOnlyList<FacetCount> Years,
    IReadOnlyList<FacetCount> Venues,
    IReadOnlyList<FacetCount> Categories,
    IReadOnlyList<FacetCount> Keywords,
    int WithCode,
    int WithReproduction);
