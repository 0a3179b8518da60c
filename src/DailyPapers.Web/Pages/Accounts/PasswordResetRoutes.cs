using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>A new password by a link in a mail.</summary>
internal static class PasswordResetRoutes
{
    private static string Again => T["Ask for a new one."];

    public static void MapPasswordResetPages(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").AllowAnonymous();
        account.MapGet("/forgot", () => Page.Of<ForgotPage>());
        account.MapPost("/forgot", ForgotAsync).RequireRateLimiting(RequestRates.Subscribing).RequireAntiforgeryToken();
        account.MapGet("/reset", ResetPageAsync);
        account.MapPost("/reset", ResetAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
    }

    private static async Task<IResult> ForgotAsync([FromForm] string? email, PasswordReset reset, HttpContext context)
    {
        var result = await reset.RequestAsync(email, context.RequestAborted);
        return result.Problem is null
            ? Page.Of<AnswerPage>(new
            {
                Title = T["Look into your mailbox"],
                Text = T["If the address can receive our mail, a message is on its way. If nothing comes, check the address and the folder for unwanted mail."],
            })
            : Page.Of<ForgotPage>(new { Email = email, result.Problem }, result.IsMailDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ResetPageAsync([FromQuery] string? token, PasswordReset reset, HttpContext context)
    {
        Secrets.NotKept(context);
        return await reset.FindAsync(token, context.RequestAborted) is { } account
            ? Page.Of<ChoosePasswordPage>(Form(token, account.Email!, problem: null))
            : Secrets.Expired(Again);
    }

    private static async Task<IResult> ResetAsync([FromForm] string? token, [FromForm] string? password, PasswordReset reset, HttpContext context)
    {
        Secrets.NotKept(context);
        return await reset.ResetAsync(token, password, context.RequestAborted) switch
        {
            (null, _) => Secrets.Expired(Again),
            ({ } account, { } problem) => Page.Of<ChoosePasswordPage>(Form(token, account.Email!, problem), StatusCodes.Status400BadRequest),
            // Signing in stays a step of its own: the mailbox is no second factor.
            _ => Page.Of<SignInPage>(new { Done = T["The password is changed, and every session has ended. Sign in with the new one."] }),
        };
    }

    private static object Form(string? token, string address, string? problem) => new
    {
        Title = T["Choose a new password"],
        Text = T["For the account of {0}. Wherever it is signed in, it will be signed out.", address],
        Action = "/account/reset",
        Button = T["Change the password"],
        Email = address,
        Token = token,
        Problem = problem,
    };
}
