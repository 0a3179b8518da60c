using DailyPapers.Community.Accounts.Links;
using DailyPapers.Community.Accounts.Mail;
using DailyPapers.Digests;
using DailyPapers.Digests.Subscribing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts.Passwords;

/// <summary>Sets a new password by a link sent to the account's address. A second factor stays and is asked for as ever.</summary>
public sealed class PasswordReset(
    UserManager<Account> accounts, NewPassword passwords, AccountLinks links, AccountMails mails, IOptions<DigestOptions> digest)
{
    /// <summary>Sends the link, or to an address without an account a mail that says so; returns what is wrong with the request, if anything is.</summary>
    public async Task<RegistrationResult> RequestAsync(string? email, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, digest.Value.AllowLocalhost, out var address, out var problem))
            return RegistrationResult.Refused(problem);
        var account = await accounts.FindByEmailAsync(address.Typed);
        var link = new AccountLink { Purpose = AccountLinkPurpose.PasswordReset, Address = address.Typed, AccountId = account?.Id };
        if (await links.IssueAsync(link, cancellationToken) is not { } secret)
            return RegistrationResult.Mailed;
        if (account is null ? await mails.SendNoAccountAsync(address) : await mails.SendResetAsync(address, account.Language, secret))
            return RegistrationResult.Mailed;
        await links.WithdrawAsync(link, CancellationToken.None);
        return RegistrationResult.Unsent;
    }

    /// <summary>The account a link is for; null when it does not hold any more.</summary>
    public async Task<Account?> FindAsync(string? secret, CancellationToken cancellationToken) =>
        (await FindLinkAsync(secret, cancellationToken))?.Account;

    /// <summary>Sets the password; the account is null when the link does not hold any more.</summary>
    public async Task<(Account? Account, string? Problem)> ResetAsync(string? secret, string? password, CancellationToken cancellationToken)
    {
        if (await FindLinkAsync(secret, cancellationToken) is not ({ } account, { } link))
            return (null, null);
        if (await passwords.ProblemAsync(account, password) is { } weak)
            return (account, weak);
        if (!await links.UseAsync(link, cancellationToken))
            return (null, null);
        // Whoever holds the mailbox has proved the address. Who had the account until then had not, and may be somebody else: other
        // ways to sign in than the new password end.
        if (!account.EmailConfirmed)
            await EndOtherWaysAsync(account);
        account.EmailConfirmed = true;
        return (account, await passwords.SetAsync(account, password, account.Id));
    }

    private async Task EndOtherWaysAsync(Account account)
    {
        foreach (var login in await accounts.GetLoginsAsync(account))
            await accounts.RemoveLoginAsync(account, login.LoginProvider, login.ProviderKey);
        foreach (var passkey in await accounts.GetPasskeysAsync(account))
            await accounts.RemovePasskeyAsync(account, passkey.CredentialId);
    }

    private async Task<(Account Account, AccountLink Link)?> FindLinkAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(AccountLinkPurpose.PasswordReset, secret, cancellationToken) is not { AccountId: { } id } link)
            return null;
        // An account that has moved to another address since is not the mailbox's any more.
        return await accounts.FindByIdAsync(id.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { } account && string.Equals(account.Email, link.Address, StringComparison.OrdinalIgnoreCase)
            ? (account, link)
            : null;
    }
}
