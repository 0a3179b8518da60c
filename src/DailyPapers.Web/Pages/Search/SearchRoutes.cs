using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;

namespace DailyPapers.Web.Pages.Search;

/// <summary>The search page, and the page of papers like one.</summary>
internal static class SearchRoutes
{
    private const int SimilarPapers = 40;

    public static void MapSearchPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(SearchAddress.Page, SearchAsync).RequireRateLimiting(RequestRates.Searching);
        routes.MapGet(SearchAddress.Page + "/like/{**key}", LikeAsync).RequireRateLimiting(RequestRates.Searching);
    }

    private static async Task<IResult> SearchAsync(PaperSearch search, SemanticIndex semantic, ContentChanges changes, HttpContext context)
    {
        var problems = new List<string>();
        var request = SearchAddress.Read(context.Request.Query, problems) with { WithFacets = true };
        if (problems.Count > 0)
            return Page.Of<SearchPage>(new { Request = request, Problem = string.Join(' ', problems) }, StatusCodes.Status400BadRequest);
        if (request.IsEmpty)
            return Page.Of<SearchPage>(new { Request = request });
        var results = await search.SearchAsync(request, context.RequestAborted);
        await context.LoadGivenUpvotesAsync(results.Hits.Select(hit => hit.Paper.Id));
        return Page.Of<SearchPage>(new { Request = request, Results = results, Meaning = semantic.StatusAt(changes.Current) });
    }

    private static async Task<IResult> LikeAsync(string key, PaperReader papers, PaperSearch search, HttpContext context)
    {
        if (await papers.FindAsync(key, context.RequestAborted) is not { } paper)
            return Page.Of<NotFoundPage>(new { What = T["There is no such paper in this feed."] }, StatusCodes.Status404NotFound);
        var similar = await search.SimilarAsync(paper.Id, SimilarPapers, context.RequestAborted);
        await context.LoadGivenUpvotesAsync(similar.Select(like => like.Id));
        return Page.Of<SimilarPapersPage>(new { Paper = paper, Similar = similar });
    }
}
