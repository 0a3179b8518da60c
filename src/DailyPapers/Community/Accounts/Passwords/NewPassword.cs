using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Community.Accounts.Passwords;

/// <summary>Checks new passwords and sets them.</summary>
public sealed class NewPassword(PapersDb db, UserManager<Account> accounts, TimeProvider time)
{
    /// <summary>The longest password; longer ones cost time to hash and add nothing.</summary>
    public const int Longest = 200;

    /// <summary>What is wrong with a password for the account, and how to mend it; null when it will do.</summary>
    public async Task<string?> ProblemAsync(Account account, string? password)
    {
        if (password is null || password.Length > Longest)
            return T["The password must have 10 to {0} characters.", Longest];
        foreach (var validator in accounts.PasswordValidators)
        {
            var verdict = await validator.ValidateAsync(accounts, account, password);
            if (!verdict.Succeeded)
                return string.Join(" ", verdict.Errors.Select(error => error.Description));
        }
        return null;
    }

    /// <summary>
    /// Gives the account the password and a new security stamp, which ends its sessions; returns what is wrong with it, if
    /// anything is.
    /// </summary>
    public async Task<string?> SetAsync(Account account, string? password, long? actorId)
    {
        if (await ProblemAsync(account, password) is { } problem)
            return problem;
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password!);
        account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        db.Record(actorId, "account.password", $"account:{account.Id}", time.GetUtcNow());
        var result = await accounts.UpdateSecurityStampAsync(account);
        return result.Succeeded ? null : string.Join(" ", result.Errors.Select(error => error.Description));
    }
}
