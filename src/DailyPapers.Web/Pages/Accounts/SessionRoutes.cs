using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>Where a person is signed in.</summary>
internal static class SessionRoutes
{
    private const string Path = "/account/sessions";

    public static void MapSessionPages(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup(Path).RequireAuthorization();
        sessions.MapGet("", ListAsync);
        sessions.MapPost("/{id:long}/end", EndAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        sessions.MapPost("/end-others", EndOthersAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> ListAsync(AccountSessions sessions, HttpContext context) => Page.Of<SessionsPage>(new
    {
        Sessions = await sessions.ListAsync(context.AccountId()!.Value, context.RequestAborted),
        Current = context.CurrentSession()!.Id,
    });

    private static async Task<IResult> EndAsync(long id, AccountSessions sessions, HttpContext context) =>
        await sessions.EndAsync(context.AccountId()!.Value, id, context.RequestAborted)
            ? Results.LocalRedirect(Path)
            : Page.Of<NotFoundPage>(new { What = T["You are not signed in there, or not any more."] }, StatusCodes.Status404NotFound);

    private static async Task<IResult> EndOthersAsync(AccountSessions sessions, HttpContext context)
    {
        await sessions.EndAllAsync(context.AccountId()!.Value, butFor: context.CurrentSession()!.Id, context.RequestAborted);
        return Results.LocalRedirect(Path);
    }
}
