using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>
/// Signing in through another service. An account there is tied to one here only by its owner: when it makes the account, or
/// when somebody signed in adds it. A matching address alone ties nothing, since not every provider's word is as good.
/// </summary>
internal static class ProviderRoutes
{
    public static void MapProviderPages(this IEndpointRouteBuilder routes)
    {
        var providers = routes.MapGroup("/account/providers").AllowAnonymous();
        providers.MapGet("/{key}", BeginAsync);
        providers.MapGet("/return", ReturnAsync);
        providers.MapPost("/register", RegisterAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        var own = routes.MapGroup("/account/security/providers").RequireAuthorization();
        own.MapPost("", LinkAsync).RequireRateLimiting(RequestRates.Credentials).RequireAntiforgeryToken();
        own.MapPost("/remove", RemoveAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> BeginAsync(
        string key, [FromQuery(Name = "return")] string? back, [FromQuery] string? invitation, [FromQuery] string? registration,
        IOptions<AccountOptions> options, HttpContext context)
    {
        if (!options.Value.Providers.ContainsKey(key))
            return Page.Of<NotFoundPage>(new { What = T["Nobody signs in here through a service of that name."] }, StatusCodes.Status404NotFound);
        return await Providers.ChallengeAsync(context, key, back, invitation, registration) switch
        {
            ChallengeOutcome.Sent => Results.Empty,
            ChallengeOutcome.Refused => NotSignedIn(),
            _ => Page.Of<SignInPage>(
                new { Problem = T["The other service cannot be reached at the moment. Try again later, or sign in another way."] }, StatusCodes.Status502BadGateway),
        };
    }

    private static IResult NotSignedIn() =>
        Page.Of<SignInPage>(new { Problem = T["The other service did not sign you in. Try again, or sign in another way."] }, StatusCodes.Status400BadRequest);

    private static async Task<IResult> ReturnAsync(
        UserManager<Account> accounts, SigningIn signing, Registering registering, IOptions<AccountOptions> options, HttpContext context)
    {
        if (await Providers.ReadAsync(context) is not { } identity)
            return NotSignedIn();
        var name = NameOf(identity, options.Value);
        var known = await accounts.FindByLoginAsync(identity.Provider, identity.Subject);
        if (context.AccountId() is { } current)
        {
            return known is null
                ? Page.Of<LinkProviderPage>(new { Account = await AccountRoutes.OfAsync(context, accounts), Name = name, identity.Email })
                : await SecurityRoutes.PageAsync(context, problem: known.Id == current ? T["{0} is added already.", name] : T["That account at {0} belongs to another account here.", name]);
        }
        if (known is not null)
        {
            await context.SignOutAsync(IdentityConstants.ExternalScheme);
            var step = await signing.BeginAsync(known, SignInMethod.Provider);
            return step.IsDone ? Results.LocalRedirect(identity.Back) : Page.Of<SignInPage>(new { step.Problem }, StatusCodes.Status400BadRequest);
        }
        if (identity.Registration is not null)
        {
            return await registering.FindAsync(identity.Registration, context.RequestAborted) is { } link
                ? RegisterPage(identity, name, registering, link.Address, link.DisplayName)
                : Secrets.Expired(T["Make the account again to get a new one."]);
        }
        if (identity.Email is not null && await accounts.FindByEmailAsync(identity.Email) is not null)
            return Unknown(T["There is an account with {0} here. Sign in to it, then add {1} under “Signing in”.", identity.Email, name]);
        return registering.IsOpen || identity.Invitation is not null
            ? RegisterPage(identity, name, registering, identity.Email, identity.Name, identity.Unproved)
            : Unknown(T["Accounts here are made by invitation. Open the link of your invitation, and choose the other service there."]);
    }

    private static async Task<IResult> RegisterAsync(
        [FromForm] string? name, [FromForm] string? email, Registering registering, SigningIn signing, IOptions<AccountOptions> options, HttpContext context)
    {
        if (await Providers.ReadAsync(context) is not { } identity)
            return Unknown(T["That took too long. Begin again."]);
        var provider = NameOf(identity, options.Value);
        var login = new UserLoginInfo(identity.Provider, identity.Subject, provider);
        var link = identity.Registration is null ? null : await registering.FindAsync(identity.Registration, context.RequestAborted);
        if (identity.Registration is not null && link is null)
            return Secrets.Expired(T["Make the account again to get a new one."]);
        // Only what a link or the provider proves is taken as proved; what is typed goes the way of any other registration.
        var proved = link?.Address ?? identity.Email;
        var result = link is not null ? await registering.CompleteAsync(identity.Registration, name, login, context.RequestAborted)
            : proved is null && registering.ConfirmsAddresses ? await registering.RequestAsync(email, name, identity.Invitation, context.RequestAborted)
            : await registering.RegisterAsync(proved ?? email, name, login, isVouchedFor: proved is not null, identity.Invitation, context.RequestAborted);
        if (result.Problem is not null)
        {
            return RegisterPage(
                identity, provider, registering, proved, name, email, result.Problem,
                result.IsMailDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest);
        }
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (result.Account is not { } account)
            return RegistrationRoutes.Mailed();
        await signing.BeginAsync(account, SignInMethod.Provider);
        return Results.LocalRedirect(identity.Back);
    }

    private static async Task<IResult> LinkAsync(
        [FromForm] string? current, UserManager<Account> accounts, Reauthentication proof, IOptions<AccountOptions> options, HttpContext context)
    {
        if (await Providers.ReadAsync(context) is not { } identity)
            return await SecurityRoutes.PageAsync(context, problem: T["Nothing was added: that took too long. Begin again."]);
        var account = await AccountRoutes.OfAsync(context, accounts);
        var name = NameOf(identity, options.Value);
        if (await proof.ProblemAsync(account, current, context.CurrentSession()!) is { } problem)
            return Page.Of<LinkProviderPage>(new { Account = account, Name = name, identity.Email, Problem = problem }, StatusCodes.Status400BadRequest);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        var added = await accounts.AddLoginAsync(account, new UserLoginInfo(identity.Provider, identity.Subject, name));
        return added.Succeeded
            ? Results.LocalRedirect("/account/security?done=provider")
            : await SecurityRoutes.PageAsync(context, problem: T["That account at {0} belongs to another account here.", name]);
    }

    private static async Task<IResult> RemoveAsync(
        [FromForm] string? provider, [FromForm] string? subject, UserManager<Account> accounts, HttpContext context)
    {
        var account = await AccountRoutes.OfAsync(context, accounts);
        var logins = await accounts.GetLoginsAsync(account);
        if (!logins.Any(login => login.LoginProvider == provider && login.ProviderKey == subject))
            return await SecurityRoutes.PageAsync(context, problem: T["You have not added that."]);
        if (logins.Count == 1 && account.PasswordHash is null && (await accounts.GetPasskeysAsync(account)).Count == 0)
            return await SecurityRoutes.PageAsync(context, problem: T["It is your only way to sign in. Set a password first."]);
        await accounts.RemoveLoginAsync(account, provider!, subject!);
        return Results.LocalRedirect("/account/security?done=provider-removed");
    }

    private static string NameOf(ProviderIdentity identity, AccountOptions options) =>
        options.Providers.TryGetValue(identity.Provider, out var provider) ? provider.Name ?? identity.Provider : identity.Provider;

    private static IResult RegisterPage(
        ProviderIdentity identity, string provider, Registering registering, string? proved, string? name, string? typed = null, string? problem = null,
        int status = StatusCodes.Status200OK) => Page.Of<ProviderRegisterPage>(
        new
        {
            Provider = provider,
            Email = proved,
            IsProvedByLink = identity.Registration is not null,
            Typed = typed,
            SendsLink = registering.ConfirmsAddresses,
            Name = name,
            Problem = problem,
        },
        status);

    private static IResult Unknown(string problem) => Page.Of<SignInPage>(new { Problem = problem }, StatusCodes.Status400BadRequest);
}
