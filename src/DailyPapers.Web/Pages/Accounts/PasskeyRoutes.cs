using System.Buffers.Text;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>
/// Passkeys (WebAuthn): keys that a device or password manager holds and that sign in without a password. One proves both
/// having the device and being its owner, so that no second step follows.
/// </summary>
internal static class PasskeyRoutes
{
    private const int LongestName = 60;
    private const int MostPerAccount = 20;

    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var signIn = routes.MapGroup("/account/passkey").AllowAnonymous();
        signIn.MapPost("/options", RequestOptionsAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        signIn.MapPost("", SignInAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        var passkeys = routes.MapGroup("/account/security/passkeys").RequireAuthorization();
        passkeys.MapPost("/options", CreationOptionsAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        passkeys.MapPost("", AddAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        passkeys.MapPost("/remove", RemoveAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> RequestOptionsAsync(SignInManager<Account> session) =>
        Results.Text(await session.MakePasskeyRequestOptionsAsync(user: null), "application/json");

    private static async Task<IResult> SignInAsync(
        [FromForm] string? credential, [FromForm(Name = "return")] string? back, SignInManager<Account> session, UserManager<Account> accounts, SigningIn signing)
    {
        var result = await AssertAsync(session, credential);
        if (result is not { Succeeded: true })
            return Refused(back, T["The passkey was not accepted. Try again, or sign in with your password."]);
        // Keeps the counter by which a copied key would show.
        await accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        var step = await signing.BeginAsync(result.User, SignInMethod.Passkey);
        return step.IsDone ? Results.LocalRedirect(ReturnTo.Local(back, "/")) : Refused(back, step.Problem!);
    }

    private static async Task<IResult> CreationOptionsAsync(
        [FromForm] string? current, SignInManager<Account> session, UserManager<Account> accounts, Reauthentication proof, HttpContext context)
    {
        var account = await AccountRoutes.OfAsync(context, accounts);
        var problem = (await accounts.GetPasskeysAsync(account)).Count >= MostPerAccount
            ? T["You have {0} passkeys already; remove one first.", MostPerAccount]
            : await proof.ProblemAsync(account, current, context.CurrentSession()!);
        if (problem is not null)
            return Results.Problem(title: T["No passkey was made"], detail: problem, statusCode: StatusCodes.Status400BadRequest);
        var entity = new PasskeyUserEntity { Id = await accounts.GetUserIdAsync(account), Name = account.Email!, DisplayName = account.DisplayName };
        return Results.Text(await session.MakePasskeyCreationOptionsAsync(entity), "application/json");
    }

    private static async Task<IResult> AddAsync(
        [FromForm] string? credential, [FromForm] string? name, SignInManager<Account> session, UserManager<Account> accounts, HttpContext context)
    {
        var account = await AccountRoutes.OfAsync(context, accounts);
        name = name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            return await SecurityRoutes.PageAsync(context, problem: T["No passkey was added. Give it a name of 1 to {0} characters.", LongestName]);
        var result = await AttestAsync(session, credential);
        if (result is not { Succeeded: true } || result.UserEntity.Id != await accounts.GetUserIdAsync(account))
            return await SecurityRoutes.PageAsync(context, problem: T["No passkey was added: the answer of the device was not accepted. Try again."]);
        result.Passkey.Name = name;
        var added = await accounts.AddOrUpdatePasskeyAsync(account, result.Passkey);
        return added.Succeeded
            ? Results.LocalRedirect("/account/security?done=passkey")
            : await SecurityRoutes.PageAsync(context, problem: T["No passkey was added."] + " " + string.Join(' ', added.Errors.Select(error => error.Description)));
    }

    private static async Task<IResult> RemoveAsync([FromForm] string? id, UserManager<Account> accounts, HttpContext context)
    {
        var account = await AccountRoutes.OfAsync(context, accounts);
        var credential = id is { Length: <= 2000 } && Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : [];
        var passkeys = await accounts.GetPasskeysAsync(account);
        if (!passkeys.Any(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credential)))
            return await SecurityRoutes.PageAsync(context, problem: T["You have no such passkey."]);
        if (passkeys.Count == 1 && account.PasswordHash is null && (await accounts.GetLoginsAsync(account)).Count == 0)
            return await SecurityRoutes.PageAsync(context, problem: T["The passkey is your only way to sign in. Set a password first."]);
        await accounts.RemovePasskeyAsync(account, credential);
        return Results.LocalRedirect("/account/security?done=passkey-removed");
    }

    private static IResult Refused(string? back, string problem) =>
        Page.Of<SignInPage>(new { Return = back, Problem = problem }, StatusCodes.Status400BadRequest);

    // Without the cookie of the options, or with something else than an answer to them, the framework throws.
    private static async Task<PasskeyAssertionResult<Account>?> AssertAsync(SignInManager<Account> session, string? credential)
    {
        try
        {
            return string.IsNullOrEmpty(credential) ? null : await session.PerformPasskeyAssertionAsync(credential);
        }
        catch (Exception exception) when (exception is InvalidOperationException or PasskeyException or FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static async Task<PasskeyAttestationResult?> AttestAsync(SignInManager<Account> session, string? credential)
    {
        try
        {
            return string.IsNullOrEmpty(credential) ? null : await session.PerformPasskeyAttestationAsync(credential);
        }
        catch (Exception exception) when (exception is InvalidOperationException or PasskeyException or FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
