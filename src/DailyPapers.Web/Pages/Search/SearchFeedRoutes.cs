using DailyPapers.Digests;
using DailyPapers.Search;
using DailyPapers.Storage;
using DailyPapers.Web.Feeds;
using DailyPapers.Web.Security;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Pages.Search;

/// <summary>Any search as an Atom feed, for whoever wants to hear of new papers about something.</summary>
internal static class SearchFeedRoutes
{
    private const int Entries = 50;

    // Where fewer papers than this have all the words, the nearest in meaning join them.
    private const int EnoughByWords = 20;

    public static void MapSearchFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet(SearchAddress.Feed, FeedAsync).RequireRateLimiting(RequestRates.Searching);

    private static async Task<IResult> FeedAsync(PaperSearch search, ContentChanges changes, IOptions<SiteOptions> site, HttpContext context)
    {
        var problems = new List<string>();
        var request = SearchAddress.Read(context.Request.Query, problems);
        if (request.IsEmpty)
            problems.Add(T["q is missing; name the words to follow, or a filter such as category=cs.LG."]);
        if (problems.Count > 0)
            return Results.Problem(title: T["The feed's address cannot be read"], detail: string.Join(' ', problems), statusCode: StatusCodes.Status400BadRequest);

        var query = SearchAddress.Query(request);
        if (FeedTag.IsKnown(context, changes.Current, query))
            return Results.StatusCode(StatusCodes.Status304NotModified);

        var papers = await NewestAsync(search, request, context.RequestAborted);
        var title = $"{(request.Text.Trim().Length > 0 ? request.Text.Trim() : query)} · {site.Value.Name}";
        return Results.Bytes(
            AtomFeed.Write(title, site.Value.Url.TrimEnd('/'), $"{SearchAddress.Feed}?{query}", SearchAddress.To(request), papers, DateTimeOffset.UnixEpoch),
            AtomFeed.ContentType);
    }

    private static async Task<IReadOnlyList<DailyPapers.Papers.Paper>> NewestAsync(PaperSearch search, SearchRequest request, CancellationToken cancellationToken)
    {
        var newest = await search.SearchAsync(request with { Exact = true, Sort = SearchSort.Newest, Page = 1, PageSize = Entries }, cancellationToken);
        var papers = newest.Hits.Select(hit => hit.Paper);
        if (newest.Hits.Count < EnoughByWords && !string.IsNullOrWhiteSpace(request.Text))
        {
            var nearest = await search.SearchAsync(request with { Exact = true, Sort = SearchSort.Relevance, Page = 1, PageSize = EnoughByWords }, cancellationToken);
            papers = papers.Concat(nearest.Hits.Select(hit => hit.Paper)).DistinctBy(paper => paper.Id);
        }
        return papers.OrderByDescending(paper => paper.AddedAt).ThenByDescending(paper => paper.Published).ThenByDescending(paper => paper.Id).ToList();
    }
}
