using DailyPapers.Community.Accounts;
using DailyPapers.Community.Invitations;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Administration;

/// <summary>The accounts and who came by whom, for administrators.</summary>
internal static class AdministrationRoutes
{
    public static void MapAdministrationPages(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/admin").RequireAuthorization(Policies.Administrator);
        admin.MapGet("/accounts", ListAsync);
        admin.MapPost("/accounts/{id:long}/role", SetRoleAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        admin.MapGet("/invitations", async (Inviting inviting, HttpContext context) =>
            Page.Of<InvitationTreePage>(new { People = await inviting.TreeAsync(context.RequestAborted) }));
    }

    private static async Task<IResult> ListAsync([FromQuery] string? q, [FromQuery] string? page, AccountDirectory directory, HttpContext context) =>
        await ShowAsync(q, page, directory, context, problem: null);

    private static async Task<IResult> SetRoleAsync(
        long id, [FromForm] string? role, [FromForm] string? q, [FromForm] string? page, AccountDirectory directory, HttpContext context)
    {
        if (!Enum.TryParse<AccountRole>(role, out var wanted) || !Enum.IsDefined(wanted))
            return await ShowAsync(q, page, directory, context, T["The role was not changed: it must be Reader, Curator or Administrator."]);
        return await directory.SetRoleAsync(id, wanted, context.AccountId(), context.RequestAborted) switch
        {
            (false, _) => Page.Of<NotFoundPage>(new { What = T["There is no such account."] }, StatusCodes.Status404NotFound),
            (_, { } problem) => await ShowAsync(q, page, directory, context, problem),
            _ => Results.LocalRedirect(AccountsPage.Address(q, NumberOf(page))),
        };
    }

    private static async Task<IResult> ShowAsync(string? q, string? page, AccountDirectory directory, HttpContext context, string? problem) => Page.Of<AccountsPage>(
        new { Words = q, Found = await directory.FindAsync(q is { Length: > 200 } ? q[..200] : q, NumberOf(page), context.RequestAborted), Problem = problem },
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static int NumberOf(string? page) => int.TryParse(page, out var number) && number is > 1 and <= 100_000 ? number : 1;
}
