using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Account;

/// <summary>Signing in and out, and making an account.</summary>
internal static class AccountRoutes
{
    private const int LongestPassword = 200;

    public static void MapAccountPages(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account");
        account.MapGet("/sign-in", ([FromQuery(Name = "return")] string? back) => Page.Of<SignInPage>(new { Return = back }));
        account.MapPost("/sign-in", SignInAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        account.MapGet("/register", ([FromQuery(Name = "return")] string? back) => Page.Of<RegisterPage>(new { Return = back }));
        account.MapPost("/register", RegisterAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        account.MapPost("/sign-out", SignOutAsync).RequireAntiforgeryToken();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? email,
        [FromForm] string? password,
        [FromForm(Name = "return")] string? back,
        UserManager<Community.Accounts.Account> accounts,
        SignInManager<Community.Accounts.Account> session,
        IPasswordHasher<Community.Accounts.Account> hasher)
    {
        var account = email is { Length: > 0 and <= 254 } ? await accounts.FindByEmailAsync(email) : null;
        var offered = password is { Length: <= LongestPassword } ? password : "";
        if (account is null)
        {
            // An unknown address must take as long as a wrong password, or the time tells who has an account.
            hasher.HashPassword(Nobody, offered);
            return Refused(email, back);
        }
        var result = await session.PasswordSignInAsync(account, offered, isPersistent: true, lockoutOnFailure: true);
        return result.Succeeded ? Results.LocalRedirect(ReturnTo.Local(back, "/")) : Refused(email, back);
    }

    private static async Task<IResult> RegisterAsync(
        [FromForm] string? email,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm(Name = "return")] string? back,
        UserManager<Community.Accounts.Account> accounts,
        SignInManager<Community.Accounts.Account> session,
        TimeProvider time)
    {
        var problem = RegistrationRules.FirstProblem(email, name, password);
        if (problem is not null)
            return RegistrationRefused(email, name, back, problem);
        var account = new Community.Accounts.Account
        {
            UserName = email!.Trim(),
            Email = email.Trim(),
            DisplayName = name!.Trim(),
            CreatedAt = time.GetUtcNow(),
        };
        var result = await accounts.CreateAsync(account, password!);
        if (!result.Succeeded)
        {
            // The address is the user name, so one of the two says it all.
            var problems = result.Errors.Where(error => error.Code != nameof(IdentityErrorDescriber.DuplicateUserName));
            return RegistrationRefused(email, name, back, string.Join(" ", problems.Select(error => error.Description)));
        }
        await session.SignInAsync(account, isPersistent: true);
        return Results.LocalRedirect(ReturnTo.Local(back, "/"));
    }

    private static async Task<IResult> SignOutAsync(SignInManager<Community.Accounts.Account> session)
    {
        await session.SignOutAsync();
        return Results.LocalRedirect("/");
    }

    private static Community.Accounts.Account Nobody { get; } = new() { DisplayName = "" };

    private static IResult Refused(string? email, string? back) => Page.Of<SignInPage>(
        new { Return = back, Email = email, Problem = "The address or the password is wrong, or there were too many attempts. Check both, or try again in ten minutes." },
        StatusCodes.Status400BadRequest);

    private static IResult RegistrationRefused(string? email, string? name, string? back, string problem) => Page.Of<RegisterPage>(
        new { Return = back, Email = email, Name = name, Problem = problem }, StatusCodes.Status400BadRequest);
}
