using System.Globalization;
using System.Security.Claims;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Web.Parts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Web.Security;

/// <summary>The steps from a proof of who somebody is to a session.</summary>
internal sealed class SigningIn(
    UserManager<Account> accounts, SignInManager<Account> manager, Authenticator authenticator, FailedSignIns failures, IHttpContextAccessor http, TimeProvider time)
{
    private static string WrongPassword =>
        T["The address or the password is wrong, or there were too many attempts. Check both, or try again in ten minutes."];

    private static string WrongCode =>
        T["The code is wrong or was used already, or there were too many attempts. Wait for the next code, or use a recovery code."];

    private static readonly Account Nobody = new() { DisplayName = "" };

    private HttpContext Context => http.HttpContext!;

    /// <summary>Begins a session for a right password, or the step that asks for a code.</summary>
    public async Task<SignInStep> WithPasswordAsync(string? email, string? password)
    {
        var account = email is { Length: > 0 and <= 254 } ? await accounts.FindByEmailAsync(email) : null;
        var offered = password is { Length: <= NewPassword.Longest } ? password : "";
        if (account?.PasswordHash is null)
        {
            // An unknown address must take as long as a wrong password, or the time tells who has an account.
            accounts.PasswordHasher.HashPassword(Nobody, offered);
            await failures.CountAsync(accountId: null, Context.RequestAborted);
            return SignInStep.Refused(WrongPassword);
        }
        var check = await manager.CheckPasswordSignInAsync(account, offered, lockoutOnFailure: false);
        if (check.IsLockedOut)
            // So must a locked account, whose password is not looked at.
            accounts.PasswordHasher.HashPassword(Nobody, offered);
        if (!check.Succeeded)
        {
            await failures.CountAsync(check.IsLockedOut ? null : account.Id, Context.RequestAborted);
            return SignInStep.Refused(WrongPassword);
        }
        if (!account.TwoFactorEnabled)
            return await BeginAsync(account, SignInMethod.Password);
        await Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, account.Id.ToString(CultureInfo.InvariantCulture)), new Claim(ClaimTypes.AuthenticationInstant, account.SecurityStamp!)],
            IdentityConstants.TwoFactorUserIdScheme)));
        return SignInStep.AsksForCode;
    }

    /// <summary>Who has passed the first step, by its cookie; null for anybody else.</summary>
    public async Task<Account?> AtSecondStepAsync()
    {
        var step = (await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        return step?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            && await accounts.FindByIdAsync(id) is { TwoFactorEnabled: true } account
            && account.SecurityStamp == step.FindFirstValue(ClaimTypes.AuthenticationInstant)
            ? account
            : null;
    }

    /// <summary>Begins a session for a right code of the app or a recovery code.</summary>
    public async Task<SignInStep> WithCodeAsync(Account account, string? code)
    {
        if (await accounts.IsLockedOutAsync(account))
            return SignInStep.Refused(WrongCode);
        var method = await authenticator.VerifyAsync(account.Id, code, Context.RequestAborted) switch
        {
            CodeVerdict.Code => SignInMethod.PasswordAndCode,
            CodeVerdict.RecoveryCode => SignInMethod.PasswordAndRecoveryCode,
            _ => (SignInMethod?)null,
        };
        if (method is null)
        {
            await failures.CountAsync(account.Id, Context.RequestAborted);
            return SignInStep.Refused(WrongCode);
        }
        await accounts.ResetAccessFailedCountAsync(account);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        return await BeginAsync(account, method.Value);
    }

    /// <summary>Begins a session for somebody who has proved who they are, unless the account is banned.</summary>
    public async Task<SignInStep> BeginAsync(Account account, SignInMethod method)
    {
        if (account.IsBanned(time.GetUtcNow()))
        {
            var until = DateText.Full(DateText.Day(account.BannedUntil!.Value));
            return SignInStep.Refused(T["This account is banned until {0}. Reason: {1}.", until, account.BanReason ?? T["none was given"]]);
        }
        var properties = new AuthenticationProperties { IsPersistent = true };
        properties.Items[Session.Method] = method.ToString();
        await manager.SignInAsync(account, properties);
        return SignInStep.Done;
    }
}
