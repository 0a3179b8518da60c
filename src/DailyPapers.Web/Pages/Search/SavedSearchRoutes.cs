using DailyPapers.Search;
using DailyPapers.Search.Saving;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace DailyPapers.Web.Pages.Search;

/// <summary>The searches a signed-in person keeps.</summary>
internal static class SavedSearchRoutes
{
    private const string Path = "/account/searches";

    public static void MapSavedSearchPages(this IEndpointRouteBuilder routes)
    {
        var searches = routes.MapGroup(Path).RequireAuthorization();
        searches.MapGet("", ListAsync);
        searches.MapPost("", SaveAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        searches.MapPost("/{id:long}/remove", RemoveAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> ListAsync(SavedSearches saved, HttpContext context) =>
        Page.Of<SavedSearchesPage>(new { Searches = await saved.ListAsync(context.AccountId()!.Value, context.RequestAborted) });

    private static async Task<IResult> SaveAsync([FromForm] string? name, [FromForm] string? query, SavedSearches saved, HttpContext context)
    {
        var account = context.AccountId()!.Value;
        var problems = new List<string>();
        // What is kept is what was understood, in one spelling: the form's text goes nowhere unread.
        var request = query is { Length: <= SavedSearch.LongestQuery }
            ? SearchAddress.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), problems)
            : new SearchRequest();
        if (request.IsEmpty)
            problems.Add(T["There is nothing to search for in it; run the search first and save it from its page."]);
        if (problems.Count == 0 && await saved.SaveAsync(account, name ?? "", SearchAddress.Query(request), context.RequestAborted) is { } refused)
            problems.Add(refused);
        if (problems.Count == 0)
            return Results.LocalRedirect(Path);
        var searches = await saved.ListAsync(account, context.RequestAborted);
        return Page.Of<SavedSearchesPage>(
            new { Searches = searches, Problem = T["The search was not saved."] + " " + string.Join(' ', problems) }, StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> RemoveAsync(long id, SavedSearches saved, HttpContext context) =>
        await saved.RemoveAsync(context.AccountId()!.Value, id, context.RequestAborted)
            ? Results.LocalRedirect(Path)
            : Page.Of<NotFoundPage>(new { What = T["You keep no such search."] }, StatusCodes.Status404NotFound);
}
