using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>Changing one's handle.</summary>
internal static class HandleRoutes
{
    private const string Path = "/account/handle";

    public static void MapHandlePage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).RequireAuthorization();
        routes.MapPost(Path, ChangeAsync).RequireAuthorization().RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
    }

    private static async Task<IResult> ShowAsync(IDbContextFactory<PapersDb> contexts, HttpContext context)
    {
        await using var db = await contexts.CreateDbContextAsync(context.RequestAborted);
        var id = context.AccountId()!.Value;
        var handle = await db.Users.AsNoTracking().Where(a => a.Id == id).Select(a => a.Handle).SingleOrDefaultAsync(context.RequestAborted);
        return Page.Of<HandlePage>(new { Handle = handle });
    }

    private static async Task<IResult> ChangeAsync([FromForm] string? handle, Handles handles, ContentChanges changes, HttpContext context)
    {
        if (await handles.ChangeAsync(context.AccountId()!.Value, handle, context.RequestAborted) is { } problem)
            return Page.Of<HandlePage>(new { Handle = handle, Problem = problem }, StatusCodes.Status400BadRequest);
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect(Path);
    }
}
