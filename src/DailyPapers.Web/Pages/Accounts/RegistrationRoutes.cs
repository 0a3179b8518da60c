using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Community.Invitations;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>Making an account: at once, by the link of a mail, or, for the first administrator, by the link on the console.</summary>
internal static class RegistrationRoutes
{
    public static void MapRegistrationPages(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").AllowAnonymous();
        account.MapGet("/register", RegisterPageAsync);
        account.MapPost("/register", RegisterAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        account.MapGet("/register/complete", CompletePageAsync);
        account.MapPost("/register/complete", CompleteAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        account.MapGet("/setup", SetupPageAsync);
        account.MapPost("/setup", SetupAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
    }

    private static async Task<IResult> RegisterPageAsync(
        [FromQuery(Name = "return")] string? back, [FromQuery] string? invitation, Registering registering, Inviting inviting, HttpContext context)
    {
        if (invitation is not null)
            Secrets.NotKept(context);
        if (invitation is null ? registering.IsOpen : await inviting.FindAsync(invitation, context.RequestAborted) is not null)
            return Page.Of<RegisterPage>(new { Return = back, Invitation = invitation, AsksForPassword = !registering.ConfirmsAddresses });
        return Answer(
            invitation is null ? T["Accounts are made by invitation"] : T["This invitation no longer works"],
            invitation is null ? T["Ask somebody who has an account for an invitation link, and open it here."] : T["It has expired, was used or was withdrawn. Ask who invited you for a new one."],
            StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> RegisterAsync(
        [FromForm] string? email, [FromForm] string? name, [FromForm] string? password, [FromForm] string? invitation, [FromForm(Name = "return")] string? back,
        Registering registering, SigningIn signing, HttpContext context)
    {
        var byMail = registering.ConfirmsAddresses;
        var result = byMail
            ? await registering.RequestAsync(email, name, invitation, context.RequestAborted)
            : await registering.RegisterAsync(email, name, password, invitation, context.RequestAborted);
        if (result.Account is { } account)
        {
            await signing.BeginAsync(account, SignInMethod.Password);
            return Results.LocalRedirect(ReturnTo.Local(back, "/"));
        }
        return result.Problem is null
            ? Mailed()
            : Page.Of<RegisterPage>(
                new { Return = back, Email = email, Name = name, Invitation = invitation, AsksForPassword = !byMail, result.Problem },
                result.IsMailDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest);
    }

    /// <summary>The page after a mail was asked for; it is the same whether the address has an account or not.</summary>
    public static IResult Mailed() => Answer(
        T["Look into your mailbox"], T["If the address can receive our mail, a message is on its way. Its link leads on. If nothing comes, check the address and the folder for unwanted mail."]);

    private static async Task<IResult> CompletePageAsync([FromQuery] string? token, Registering registering, HttpContext context)
    {
        Secrets.NotKept(context);
        return await registering.FindAsync(token, context.RequestAborted) is { } link
            ? Page.Of<ChoosePasswordPage>(Complete(token, link.Address, problem: null))
            : Secrets.Expired(T["Make the account again to get a new one."]);
    }

    private static async Task<IResult> CompleteAsync(
        [FromForm] string? token, [FromForm] string? password, Registering registering, SigningIn signing, HttpContext context)
    {
        Secrets.NotKept(context);
        if (await registering.FindAsync(token, context.RequestAborted) is not { } link)
            return Secrets.Expired(T["Make the account again to get a new one."]);
        var result = await registering.CompleteAsync(token, password, context.RequestAborted);
        if (result.Account is not { } account)
            return Page.Of<ChoosePasswordPage>(Complete(token, link.Address, result.Problem), StatusCodes.Status400BadRequest);
        await signing.BeginAsync(account, SignInMethod.Link);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> SetupPageAsync([FromQuery] string? token, FirstAdministrator first, HttpContext context)
    {
        Secrets.NotKept(context);
        return await first.FindAsync(token, context.RequestAborted) is not null
            ? Page.Of<SetupPage>(new { Token = token })
            : Secrets.Expired(T["While there is no administrator, the service shows a new link on its console at every start."]);
    }

    private static async Task<IResult> SetupAsync(
        [FromForm] string? token, [FromForm] string? email, [FromForm] string? name, [FromForm] string? password,
        FirstAdministrator first, Registering registering, SigningIn signing, HttpContext context)
    {
        Secrets.NotKept(context);
        var result = await first.MakeAsync(registering, token, email, name, password, context.RequestAborted);
        if (result.Account is not { } account)
            return Page.Of<SetupPage>(new { Token = token, Email = email, Name = name, result.Problem }, StatusCodes.Status400BadRequest);
        await signing.BeginAsync(account, SignInMethod.Link);
        return Results.LocalRedirect("/account");
    }

    private static object Complete(string? token, string address, string? problem) => new
    {
        Title = T["Choose a password"],
        Text = T["The account of {0} begins with it.", address],
        Action = "/account/register/complete",
        Button = T["Make the account"],
        Email = address,
        Token = token,
        OffersProviders = true,
        Problem = problem,
    };

    private static IResult Answer(string title, string text, int status = StatusCodes.Status200OK) => Page.Of<AnswerPage>(new { Title = title, Text = text }, status);
}
