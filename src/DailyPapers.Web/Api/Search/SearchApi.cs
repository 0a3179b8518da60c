using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Search.Suggesting;
using DailyPapers.Web.Pages.Search;
using DailyPapers.Web.Security;

namespace DailyPapers.Web.Api.Search;

/// <summary>Searching for programs.</summary>
internal static class SearchApi
{
    private const int MostHits = 100;
    private const int HubHits = 20;
    private const int Suggestions = 8;

    public static void MapSearchApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireRateLimiting(RequestRates.Searching);
        api.MapGet("/search", SearchAsync);
        api.MapGet("/papers/search", HubSearchAsync);
        routes.MapGet("/api/suggest", SuggestAsync).RequireRateLimiting(RequestRates.Suggesting);
        foreach (var pattern in (string[])["/papers/{key}/similar", "/papers/{archive}/{key}/similar"])
            api.MapGet(pattern, SimilarAsync);
    }

    private static async Task<IResult> SearchAsync(PaperSearch search, HttpContext context)
    {
        var problems = new List<string>();
        var query = context.Request.Query;
        var request = SearchAddress.Read(query, problems) with { PageSize = Limit(query, 20, problems), WithFacets = query.ContainsKey("facets") };
        if (request.IsEmpty)
            problems.Add(T["q is missing; give the words to search for, or a filter such as category=cs.LG."]);
        if (problems.Count > 0)
            return ApiProblem.Of(context, StatusCodes.Status400BadRequest, T["The search cannot be read"], string.Join(' ', problems));
        var results = await search.SearchAsync(request, context.RequestAborted);
        return Results.Json(ApiSearchAnswer.Of(request, results), SearchJson.Answer);
    }

    private static async Task<IResult> SuggestAsync(PaperSuggestions suggestions, HttpContext context)
    {
        var problems = new List<string>();
        var query = context.Request.Query;
        var text = query["q"].ToString();
        var limit = SearchAddress.Number(query, "limit", usual: Suggestions, PaperSuggestions.Most, problems);
        if (string.IsNullOrWhiteSpace(text))
            problems.Add(T["q is missing; give what was typed so far."]);
        else if (text.Length > PaperSuggestions.LongestText)
            problems.Add(T["q has {0} characters; suggestions are for {1} or fewer.", text.Length, PaperSuggestions.LongestText]);
        if (problems.Count > 0)
            return ApiProblem.Of(context, StatusCodes.Status400BadRequest, T["The request cannot be read"], string.Join(' ', problems));
        var found = await suggestions.SuggestAsync(text, limit, context.RequestAborted);
        // The same for everyone, and going back a letter need not ask again.
        context.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Json(ApiSuggestions.Of(text, found), SearchJson.Suggestions);
    }

    private static async Task<IResult> HubSearchAsync(PaperSearch search, HttpContext context)
    {
        var problems = new List<string>();
        var query = context.Request.Query;
        var request = SearchAddress.Read(query, problems) with { PageSize = Limit(query, HubHits, problems) };
        if (string.IsNullOrWhiteSpace(request.Text))
            problems.Add(T["q is missing; give the words to search for."]);
        if (problems.Count > 0)
            return ApiProblem.Of(context, StatusCodes.Status400BadRequest, T["The search cannot be read"], string.Join(' ', problems));
        var results = await search.SearchAsync(request, context.RequestAborted);
        return Results.Json((IReadOnlyList<HubSearchItem>)results.Hits.Select(hit => HubSearchItem.Of(hit.Paper)).ToList(), SearchJson.HubItems);
    }

    private static async Task<IResult> SimilarAsync(string key, string? archive, PaperReader papers, PaperSearch search, HttpContext context)
    {
        var problems = new List<string>();
        var limit = Limit(context.Request.Query, HubHits, problems);
        if (problems.Count > 0)
            return ApiProblem.Of(context, StatusCodes.Status400BadRequest, T["The request cannot be read"], string.Join(' ', problems));
        var name = archive is null ? key : $"{archive}/{key}";
        if (await papers.FindAsync(name, context.RequestAborted) is not { } paper)
            return ApiProblem.Of(context, StatusCodes.Status404NotFound, T["Unknown paper"], T["There is no paper of this key in the feed; search for it by its title."]);
        var similar = await search.SimilarAsync(paper.Id, limit, context.RequestAborted);
        return Results.Json((IReadOnlyList<ApiPaper>)similar.Select(ApiPaper.Of).ToList(), SearchJson.Papers);
    }

    private static int Limit(IQueryCollection query, int usual, List<string> problems) => SearchAddress.Number(query, "limit", usual, MostHits, problems);
}
