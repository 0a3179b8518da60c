using DailyPapers.Community.Recommending;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Recommending;

/// <summary>New papers chosen for the signed-in person, and whether that is wanted.</summary>
internal static class ForYouRoutes
{
    public const string Path = "/for-you";

    private const int PapersShown = 30;

    public static void MapForYouPages(this IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup(Path).RequireAuthorization();
        page.MapGet("", ShowAsync).RequireRateLimiting(RequestRates.Searching);
        page.MapPost("/choice", ChooseAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> ShowAsync(Recommendations recommendations, RecommendingChoices choices, HttpContext context)
    {
        var account = context.AccountId()!.Value;
        var (state, papers) = await recommendations.ReadAsync(account, PapersShown, added: null, context.RequestAborted);
        await context.LoadGivenUpvotesAsync(papers.Select(paper => paper.Listed.Paper.Id));
        return Page.Of<ForYouPage>(new { State = state, Papers = papers, Choice = await choices.OfAsync(account, context.RequestAborted) });
    }

    // An unchecked box is not sent: what is absent is not wanted.
    private static async Task<IResult> ChooseAsync([FromForm] string? wanted, [FromForm] string? mailed, RecommendingChoices choices, HttpContext context)
    {
        await choices.SetAsync(
            new RecommendingChoice { AccountId = context.AccountId()!.Value, IsOff = wanted is null, InDigest = wanted is not null && mailed is not null },
            context.RequestAborted);
        return Results.LocalRedirect(Path);
    }
}
