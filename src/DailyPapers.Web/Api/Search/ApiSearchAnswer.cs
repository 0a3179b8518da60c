using DailyPapers.Search;

namespace DailyPapers.Web.Api.Search;

/// <summary>
/// The answer of <c>GET /api/search</c>. <c>DidYouMean</c> is the query with its typing errors corrected; <c>SearchedFor</c> is
/// the same where the hits are those of the corrected query.
/// </summary>
internal sealed record ApiSearchAnswer(
    string Query,
    string Mode,
    int Total,
    double Milliseconds,
    string? Problem,
    string? DidYouMean,
    string? SearchedFor,
    IReadOnlyList<ApiSearchHit> Hits,
    SearchFacets? Facets)
{
    public static ApiSearchAnswer Of(SearchRequest request, SearchResults results) => new(
        request.Text,
        Pages.Search.SearchAddress.NameOf(results.Mode),
        results.Total,
        Math.Round(results.Elapsed.TotalMilliseconds, 3),
        results.Problem,
        results.Correction?.Text,
        results.Correction is { IsShown: true } shown ? shown.Text : null,
        results.Hits.Select(hit => new ApiSearchHit(hit.Score, ApiPaper.Of(hit.Paper), hit.Explanation)).ToList(),
        results.Facets);
}

/// <summary>A hit: the paper, its score, and the parts of the score when asked for.</summary>
internal sealed record ApiSearchHit(float Score, ApiPaper Paper, IReadOnlyList<ScorePart>? Explanation);
