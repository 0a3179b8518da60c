using DailyPapers.Community.Accounts;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>Signing in, with a code if the account wants one, and out.</summary>
internal static class SignInRoutes
{
    public static void MapSignInPages(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").AllowAnonymous();
        account.MapGet("/sign-in", ([FromQuery(Name = "return")] string? back) => Page.Of<SignInPage>(new { Return = back }));
        account.MapPost("/sign-in", SignInAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        account.MapGet("/second-step", SecondStepPageAsync);
        account.MapPost("/second-step", SecondStepAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        account.MapPost("/sign-out", SignOutAsync).RequireAntiforgeryToken();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? email, [FromForm] string? password, [FromForm(Name = "return")] string? back, SigningIn signing) =>
        await signing.WithPasswordAsync(email, password) switch
        {
            { IsDone: true } => Results.LocalRedirect(ReturnTo.Local(back, "/")),
            { Problem: { } problem } => Page.Of<SignInPage>(new { Return = back, Email = email, Problem = problem }, StatusCodes.Status400BadRequest),
            _ => Results.LocalRedirect("/account/second-step?return=" + Uri.EscapeDataString(ReturnTo.Local(back, "/"))),
        };

    private static async Task<IResult> SecondStepPageAsync([FromQuery(Name = "return")] string? back, SigningIn signing) =>
        await signing.AtSecondStepAsync() is null ? StartAgain(back) : Page.Of<SecondStepPage>(new { Return = back });

    private static async Task<IResult> SecondStepAsync([FromForm] string? code, [FromForm(Name = "return")] string? back, SigningIn signing)
    {
        if (await signing.AtSecondStepAsync() is not { } account)
            return StartAgain(back);
        var step = await signing.WithCodeAsync(account, code);
        return step.IsDone
            ? Results.LocalRedirect(ReturnTo.Local(back, "/"))
            : Page.Of<SecondStepPage>(new { Return = back, step.Problem }, StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> SignOutAsync(SignInManager<Account> session)
    {
        await session.SignOutAsync();
        return Results.LocalRedirect("/");
    }

    private static IResult StartAgain(string? back) =>
        Results.LocalRedirect($"{Session.SignInPath}?return=" + Uri.EscapeDataString(ReturnTo.Local(back, "/")));
}
