using System.Security.Claims;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>A person's account: name, address, password, data, deletion.</summary>
internal static class AccountRoutes
{
    public static void MapAccountPages(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").RequireAuthorization();
        account.MapGet("", ShowAsync);
        account.MapPost("/name", RenameAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        account.MapPost("/email", ChangeAddressAsync).RequireRateLimiting(RequestRates.Subscribing).RequireAntiforgeryToken();
        account.MapPost("/password", ChangePasswordAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        account.MapGet("/export", ExportAsync);
        account.MapPost("/delete", DeleteAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        // The secret in the mail allows it, in whichever browser the mail is read.
        routes.MapGet("/account/email/confirm", ConfirmAddressPageAsync).AllowAnonymous();
        routes.MapPost("/account/email/confirm", ConfirmAddressAsync).AllowAnonymous().RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    /// <summary>The account of a request that needs one.</summary>
    internal static async Task<Account> OfAsync(HttpContext context, UserManager<Account> accounts) =>
        (await accounts.GetUserAsync(context.User))!;

    private static async Task<IResult> ShowAsync([FromQuery] string? done, UserManager<Account> accounts, HttpContext context) =>
        Show(await OfAsync(context, accounts), done switch
        {
            "name" => T["The name is changed."],
            "password" => T["The password is changed, and all other sessions have ended."],
            "email" => T["If the new address can receive our mail, a message is on its way. The account moves when its link is opened."],
            _ => null,
        });

    private static async Task<IResult> RenameAsync([FromForm] string? name, UserManager<Account> accounts, AccountNames names, HttpContext context)
    {
        var problem = await names.ChangeAsync(context.AccountId()!.Value, name, context.RequestAborted);
        return problem is null
            ? Results.LocalRedirect("/account?done=name")
            : Refused(await OfAsync(context, accounts), T["The name was not changed."] + " " + problem);
    }

    private static async Task<IResult> ChangeAddressAsync(
        [FromForm] string? email, [FromForm] string? current, UserManager<Account> accounts, Reauthentication proof, AddressChange change, HttpContext context)
    {
        var account = await OfAsync(context, accounts);
        var problem = await proof.ProblemAsync(account, current, context.CurrentSession()!)
            ?? (await change.RequestAsync(account, email, context.RequestAborted)).Problem;
        return problem is null
            ? Results.LocalRedirect("/account?done=email")
            : Refused(account, T["The address was not changed."] + " " + problem);
    }

    private static async Task<IResult> ConfirmAddressPageAsync([FromQuery] string? token, AddressChange change, HttpContext context)
    {
        Secrets.NotKept(context);
        return await change.FindAsync(token, context.RequestAborted) is { } link
            ? Page.Of<ConfirmAddressPage>(new { Token = token, link.Address })
            : Secrets.Expired(T["Change the address again to get a new one."]);
    }

    private static async Task<IResult> ConfirmAddressAsync([FromForm] string? token, AddressChange change, HttpContext context)
    {
        Secrets.NotKept(context);
        return await change.ConfirmAsync(token, context.RequestAborted)
            ? Page.Of<AnswerPage>(new { Title = T["The address is changed"], Text = T["Sign in with the new one from now on."] })
            : Secrets.Expired(T["Change the address again to get a new one."]);
    }

    private static async Task<IResult> ChangePasswordAsync(
        [FromForm] string? current, [FromForm] string? password,
        UserManager<Account> accounts, Reauthentication proof, NewPassword passwords, AccountSessions sessions, HttpContext context)
    {
        var account = await OfAsync(context, accounts);
        var session = context.CurrentSession()!;
        var problem = await proof.ProblemAsync(account, current, session) ?? await passwords.SetAsync(account, password, account.Id);
        if (problem is not null)
            return Refused(account, T["The password was not changed."] + " " + problem);
        await sessions.KeepAsync(session.Id, account.SecurityStamp!, CancellationToken.None);
        await sessions.EndAllAsync(account.Id, butFor: session.Id, CancellationToken.None);
        return Results.LocalRedirect("/account?done=password");
    }

    private static async Task<IResult> ExportAsync(PersonalDataExport export, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(await export.WriteAsync(context.AccountId()!.Value, context.RequestAborted), "application/json", "daily-papers-account.json");
    }

    private static async Task<IResult> DeleteAsync(
        [FromForm] string? current, UserManager<Account> accounts, Reauthentication proof, AccountRemoval removal, HttpContext context)
    {
        var account = await OfAsync(context, accounts);
        var problem = await proof.ProblemAsync(account, current, context.CurrentSession()!);
        if (problem is null && await removal.IsLastAdministratorAsync(account.Id, context.RequestAborted))
            problem = T["You are the only administrator. Make another account administrator first."];
        if (problem is not null)
            return Refused(account, T["The account was not deleted."] + " " + problem);
        await removal.RemoveAsync(account.Id, context.RequestAborted);
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        // The answer's header is for somebody without an account already.
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        return Page.Of<AnswerPage>(new { Title = T["The account is deleted"], Text = T["With it went what was only yours: upvotes, saved searches, sessions."] });
    }

    private static IResult Show(Account account, string? done) => Page.Of<AccountPage>(new { Account = account, Done = done });

    private static IResult Refused(Account account, string problem) =>
        Page.Of<AccountPage>(new { Account = account, Problem = problem }, StatusCodes.Status400BadRequest);
}
