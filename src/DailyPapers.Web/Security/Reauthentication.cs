using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Community.Accounts.Sessions;
using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Web.Security;

/// <summary>
/// Asks again who somebody is before what a borrowed browser must not do: the password, or of those without one a recent
/// sign-in.
/// </summary>
internal sealed class Reauthentication(SignInManager<Account> manager, TimeProvider time)
{
    /// <summary>What is missing and how to mend it; null when the person is sure to be the account's.</summary>
    public async Task<string?> ProblemAsync(Account account, string? password, CurrentSession session)
    {
        if (account.PasswordHash is null)
        {
            return time.GetUtcNow() - session.SignedInAt <= AccountSessions.Recent
                ? null
                : T["You signed in some time ago. Sign out and in again, then do this within a quarter of an hour."];
        }
        var offered = password is { Length: <= NewPassword.Longest } ? password : "";
        return (await manager.CheckPasswordSignInAsync(account, offered, lockoutOnFailure: true)).Succeeded
            ? null
            : T["The current password is wrong, or there were too many attempts. Try again, or wait ten minutes."];
    }
}
