using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>What an account signs in with, besides its password.</summary>
internal static class SecurityRoutes
{
    private const string Path = "/account/security";

    public static void MapSecurityPages(this IEndpointRouteBuilder routes)
    {
        var security = routes.MapGroup(Path).RequireAuthorization();
        security.MapGet("", ShowAsync);
        security.MapPost("/authenticator", OfferAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        security.MapPost("/authenticator/on", TurnOnAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        security.MapPost("/authenticator/off", TurnOffAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        security.MapPost("/recovery-codes", RenewCodesAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
    }

    /// <summary>The page, with what was done or why it was not.</summary>
    internal static async Task<IResult> PageAsync(HttpContext context, string? done = null, string? problem = null)
    {
        var accounts = context.RequestServices.GetRequiredService<UserManager<Account>>();
        var account = await AccountRoutes.OfAsync(context, accounts);
        return Page.Of<SecurityPage>(
            new
            {
                Account = account,
                CodesLeft = await context.RequestServices.GetRequiredService<Authenticator>().RecoveryCodesLeftAsync(account.Id, context.RequestAborted),
                Passkeys = await accounts.GetPasskeysAsync(account),
                Logins = await accounts.GetLoginsAsync(account),
                Done = done,
                Problem = problem,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static Task<IResult> ShowAsync([FromQuery] string? done, HttpContext context) => PageAsync(context, done switch
    {
        "off" => T["The second step is off."],
        "provider" => T["The other service is added."],
        "provider-removed" => T["The other service is removed."],
        "passkey" => T["The passkey is added."],
        "passkey-removed" => T["The passkey is removed."],
        _ => null,
    });

    private static async Task<IResult> OfferAsync(
        [FromForm] string? current, UserManager<Account> accounts, Reauthentication proof, Authenticator authenticator, HttpContext context)
    {
        var account = await AccountRoutes.OfAsync(context, accounts);
        if (await proof.ProblemAsync(account, current, context.CurrentSession()!) is { } problem)
            return await PageAsync(context, problem: T["The second step was not set up."] + " " + problem);
        return Offer(context, account, authenticator.Offer(account.Id), problem: null);
    }

    private static async Task<IResult> TurnOnAsync(
        [FromForm] string? offer, [FromForm] string? code, UserManager<Account> accounts, Authenticator authenticator, HttpContext context)
    {
        var account = await AccountRoutes.OfAsync(context, accounts);
        if (authenticator.Read(account.Id, offer) is not { } given)
            return await PageAsync(context, problem: T["The second step was not set up: the form has expired. Begin again."]);
        return await authenticator.EnableAsync(account.Id, offer, code, context.RequestAborted) is { } codes
            ? Codes(context, T["The second step is on"], codes)
            : Offer(context, account, given, T["The code is wrong. Check that the clock of your device is right, and enter the code it shows now."]);
    }

    private static async Task<IResult> TurnOffAsync(
        [FromForm] string? current, UserManager<Account> accounts, Reauthentication proof, Authenticator authenticator, HttpContext context)
    {
        var account = await AccountRoutes.OfAsync(context, accounts);
        if (await proof.ProblemAsync(account, current, context.CurrentSession()!) is { } problem)
            return await PageAsync(context, problem: T["The second step was not turned off."] + " " + problem);
        await authenticator.DisableAsync(account.Id, account.Id, context.RequestAborted);
        return Results.LocalRedirect(Path + "?done=off");
    }

    private static async Task<IResult> RenewCodesAsync(
        [FromForm] string? current, UserManager<Account> accounts, Reauthentication proof, Authenticator authenticator, HttpContext context)
    {
        var account = await AccountRoutes.OfAsync(context, accounts);
        if (!account.TwoFactorEnabled)
            return await PageAsync(context, problem: T["There are no recovery codes without the second step. Set it up first."]);
        return await proof.ProblemAsync(account, current, context.CurrentSession()!) is { } problem
            ? await PageAsync(context, problem: T["The recovery codes were not renewed."] + " " + problem)
            : Codes(context, T["Your new recovery codes"], await authenticator.RenewRecoveryCodesAsync(account.Id, context.RequestAborted));
    }

    private static IResult Offer(HttpContext context, Account account, AuthenticatorOffer offer, string? problem)
    {
        Secrets.NotKept(context);
        return Page.Of<AuthenticatorPage>(
            new { Account = account, Offer = offer, Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static IResult Codes(HttpContext context, string title, IReadOnlyList<string> codes)
    {
        Secrets.NotKept(context);
        return Page.Of<RecoveryCodesPage>(new { Title = title, Codes = codes });
    }
}
