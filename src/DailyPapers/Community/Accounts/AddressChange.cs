using System.Globalization;
using DailyPapers.Community.Accounts.Links;
using DailyPapers.Community.Accounts.Mail;
using DailyPapers.Community.Auditing;
using DailyPapers.Digests;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts;

/// <summary>Moves an account to another address once somebody has opened the link sent there. The old address is told.</summary>
public sealed class AddressChange(
    PapersDb db, UserManager<Account> accounts, AccountLinks links, AccountMails mails, IOptions<DigestOptions> digest, TimeProvider time)
{
    /// <summary>Sends the link to the new address, or, where that has an account, a mail that says so.</summary>
    public async Task<RegistrationResult> RequestAsync(Account account, string? email, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, digest.Value.AllowLocalhost, out var address, out var problem))
            return RegistrationResult.Refused(problem);
        var link = new AccountLink { Purpose = AccountLinkPurpose.AddressChange, Address = address.Typed, AccountId = account.Id };
        if (await links.IssueAsync(link, cancellationToken) is not { } secret)
            return RegistrationResult.Mailed;
        var other = await accounts.FindByEmailAsync(address.Typed);
        var sent = other is null || other.Id == account.Id
            ? await mails.SendAddressChangeAsync(address, account.Language, secret)
            : await mails.SendAlreadyRegisteredAsync(address, other.Language);
        if (sent)
            return RegistrationResult.Mailed;
        await links.WithdrawAsync(link, CancellationToken.None);
        return RegistrationResult.Unsent;
    }

    /// <summary>The link of a secret; null when it does not hold any more.</summary>
    public Task<AccountLink?> FindAsync(string? secret, CancellationToken cancellationToken) =>
        links.FindAsync(AccountLinkPurpose.AddressChange, secret, cancellationToken);

    /// <summary>Moves the account; false when the link does not hold any more or somebody registered the address meanwhile.</summary>
    public async Task<bool> ConfirmAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { AccountId: { } id } link || !await links.UseAsync(link, cancellationToken)
            || await accounts.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)) is not { } account)
            return false;
        var before = account.Email;
        account.Email = account.UserName = link.Address;
        account.EmailConfirmed = true;
        db.Record(account.Id, "account.address", $"account:{account.Id}", time.GetUtcNow());
        if (!(await accounts.UpdateAsync(account)).Succeeded)
            return false;
        if (EmailAddress.TryParse(before, digest.Value.AllowLocalhost, out var old, out _))
            await mails.SendAddressChangedAsync(old, account.Language, link.Address);
        return true;
    }
}
