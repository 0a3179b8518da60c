using DailyPapers.Community.Invitations;
using DailyPapers.Digests.Mail;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>Inviting others.</summary>
internal static class InvitationRoutes
{
    private const string Path = "/account/invitations";

    public static void MapInvitationPages(this IEndpointRouteBuilder routes)
    {
        var invitations = routes.MapGroup(Path).RequireAuthorization();
        invitations.MapGet("", (Inviting inviting, HttpContext context) => ListAsync(inviting, context));
        invitations.MapPost("", InviteAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        invitations.MapPost("/{id:long}/withdraw", WithdrawAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> InviteAsync([FromForm] string? note, Inviting inviting, SiteLinks links, HttpContext context)
    {
        var result = await inviting.InviteAsync(context.AccountId()!.Value, note, context.RequestAborted);
        if (result.Code is null)
            return await ListAsync(inviting, context, problem: T["The invitation was not made."] + " " + result.Problem);
        // Shown once: only its hash is kept.
        Secrets.NotKept(context);
        return await ListAsync(inviting, context, link: links.At("/account/register?invitation=" + result.Code));
    }

    private static async Task<IResult> WithdrawAsync(long id, Inviting inviting, HttpContext context) =>
        await inviting.WithdrawAsync(context.AccountId()!.Value, id, context.RequestAborted)
            ? Results.LocalRedirect(Path)
            : Page.Of<NotFoundPage>(new { What = T["You have no such open invitation."] }, StatusCodes.Status404NotFound);

    private static async Task<IResult> ListAsync(Inviting inviting, HttpContext context, string? link = null, string? problem = null)
    {
        var account = context.AccountId()!.Value;
        return Page.Of<InvitationsPage>(
            new
            {
                Invitations = await inviting.ListAsync(account, context.RequestAborted),
                Left = await inviting.LeftAsync(account, context.RequestAborted),
                Link = link,
                Problem = problem,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
