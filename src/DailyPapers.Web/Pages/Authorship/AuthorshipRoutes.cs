using DailyPapers.Community.Authorship;
using DailyPapers.Storage;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Authorship;

/// <summary>Claims of authorship: a person's own, and the curators' queue.</summary>
internal static class AuthorshipRoutes
{
    public const string Path = "/authorship";
    public const string QueuePath = Path + "/queue";

    private const int QueueShown = 100;

    public static void MapAuthorshipPages(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Path).RequireAuthorization();
        own.MapGet("", (AuthorshipClaims claims, HttpContext context) => OwnPageAsync(claims, context, problem: null));
        own.MapPost("", ClaimAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        own.MapPost("/{id:long}/withdraw", WithdrawAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();

        var queue = routes.MapGroup(Path).RequireAuthorization(Policies.Curator);
        queue.MapGet("/queue", (AuthorshipClaims claims, HttpContext context) => QueuePageAsync(claims, context, problem: null));
        queue.MapPost("/{id:long}/decide", DecideAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> OwnPageAsync(AuthorshipClaims claims, HttpContext context, string? problem) => Page.Of<AuthorshipPage>(
        new { Claims = await claims.ListOwnAsync(context.AccountId()!.Value, context.RequestAborted), Problem = problem },
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> QueuePageAsync(AuthorshipClaims claims, HttpContext context, string? problem) => Page.Of<AuthorshipQueuePage>(
        new
        {
            Pending = await claims.ListPendingAsync(QueueShown, context.RequestAborted),
            Decided = await claims.ListDecidedAsync(QueueShown, context.RequestAborted),
            Problem = problem,
        },
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> ClaimAsync(
        [FromForm] long paper, [FromForm] string? author, [FromForm] string? evidence, AuthorshipClaims claims, HttpContext context)
    {
        var outcome = await claims.MakeAsync(context.AccountId()!.Value, paper, author ?? "", evidence, context.RequestAborted);
        return outcome switch
        {
            ClaimOutcome.Done => Results.LocalRedirect(Path),
            ClaimOutcome.Missing => Unknown(T["There is no such paper, or it has no such author."]),
            _ => await OwnPageAsync(claims, context, Problem(outcome)),
        };
    }

    private static async Task<IResult> WithdrawAsync(long id, AuthorshipClaims claims, ContentChanges changes, HttpContext context)
    {
        if (!await claims.WithdrawAsync(context.AccountId()!.Value, id, context.RequestAborted))
            return Unknown(T["You have no such claim."]);
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> DecideAsync(
        long id, [FromForm] string? decision, [FromForm] string? reason, AuthorshipClaims claims, ContentChanges changes, HttpContext context)
    {
        if (decision is not ("confirm" or "refuse"))
            return Page.Of<BadRequestPage>(new { Field = "decision", Value = decision ?? "", Expected = T["confirm or refuse"] }, StatusCodes.Status400BadRequest);
        var outcome = await claims.DecideAsync(context.AccountId()!.Value, id, decision is "confirm", reason, context.RequestAborted);
        if (outcome is ClaimOutcome.Missing)
            return Unknown(T["There is no such claim; perhaps it was withdrawn."]);
        if (outcome is not ClaimOutcome.Done)
            return await QueuePageAsync(claims, context, Problem(outcome));
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect(QueuePath);
    }

    private static string Problem(ClaimOutcome outcome) => T["Nothing was changed."] + " " + outcome switch
    {
        ClaimOutcome.ClaimedAlready => T["You have a claim on this paper already; withdraw it first to claim another name."],
        ClaimOutcome.AuthorIsTaken => T["Somebody else is confirmed as this author."],
        ClaimOutcome.TextTooLong => T["The text is longer than {0} characters; shorten it.", AuthorshipClaim.LongestText],
        ClaimOutcome.TooManyPending => T["You have {0} undecided claims; wait until some are decided.", AuthorshipClaims.MostPending],
        _ => T["A claim of one's own is for another curator to decide."],
    };

    private static IResult Unknown(string what) => Page.Of<NotFoundPage>(new { What = what }, StatusCodes.Status404NotFound);
}
