using DailyPapers.Community.Accounts.Links;
using DailyPapers.Community.Accounts.Mail;
using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Community.Auditing;
using DailyPapers.Community.Invitations;
using DailyPapers.Digests;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Digests.Transport;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts;

/// <summary>
/// Makes accounts. Where addresses are confirmed the account begins with the link of the mail, where the password is chosen:
/// there never is an account whose address nobody proved, nor one with a password that somebody else chose for it.
/// </summary>
public sealed class Registering(
    PapersDb db, UserManager<Account> accounts, NewPassword passwords, Inviting inviting, AccountLinks links, AccountMails mails,
    IOptions<AccountOptions> options, IOptions<SmtpOptions> smtp, IOptions<DigestOptions> digest, TimeProvider time)
{
    private static string LinkIsOver => T["This link no longer works: it has expired, was used, or a newer one replaced it. Make the account again to get a new one."];

    private readonly AccountOptions _options = options.Value;

    /// <summary>Whether an account begins with a link sent to its address.</summary>
    public bool ConfirmsAddresses => _options.SignUp is SignUpMode.Domains || (_options.ConfirmAddresses ?? !string.IsNullOrEmpty(smtp.Value.Host));

    /// <summary>Whether somebody without an invitation may try at all.</summary>
    public bool IsOpen => _options.SignUp is not SignUpMode.Invitation;

    /// <summary>
    /// Sends the mail that an account begins with. The answer is the same whether the address has an account or not.
    /// </summary>
    public async Task<RegistrationResult> RequestAsync(string? email, string? name, string? invitation, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, digest.Value.AllowLocalhost, out var address, out var problem))
            return RegistrationResult.Refused(problem);
        if (NameProblem(name) is { } unfit)
            return RegistrationResult.Refused(unfit);
        var invited = await inviting.FindAsync(invitation, cancellationToken);
        if (SignUpProblem(address.Typed, invitation, invited) is { } closed)
            return RegistrationResult.Refused(closed);

        var known = await accounts.FindByEmailAsync(address.Typed);
        var link = new AccountLink
        {
            Purpose = AccountLinkPurpose.Registration,
            Address = address.Typed,
            DisplayName = name!.Trim(),
            InvitationId = invited?.Id,
            AccountId = known?.Id,
        };
        // Kept for a known address too: both sorts of mail count towards what one mailbox gets.
        if (await links.IssueAsync(link, cancellationToken) is not { } secret)
            return RegistrationResult.Mailed;
        var sent = known is null ? await mails.SendRegistrationAsync(address, secret) : await mails.SendAlreadyRegisteredAsync(address, known.Language);
        if (sent)
            return RegistrationResult.Mailed;
        await links.WithdrawAsync(link, CancellationToken.None);
        return RegistrationResult.Unsent;
    }

    /// <summary>Who a registration link is for; null when it does not hold any more.</summary>
    public async Task<AccountLink?> FindAsync(string? secret, CancellationToken cancellationToken) =>
        await links.FindAsync(AccountLinkPurpose.Registration, secret, cancellationToken) is { AccountId: null } link ? link : null;

    /// <summary>Makes the account of a registration link.</summary>
    public async Task<RegistrationResult> CompleteAsync(string? secret, string? password, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { } link)
            return RegistrationResult.Refused(LinkIsOver);
        var account = NewAccount(link.Address, link.DisplayName!, confirmed: true);
        var result = await CreateAsync(account, password, link.InvitationId, cancellationToken);
        if (result.Account is not null)
            await links.UseAsync(link, CancellationToken.None);
        return result;
    }

    /// <summary>
    /// Makes the account of a registration link for somebody who signed in elsewhere with the link at hand: so address and way to
    /// sign in belong to one person. Naming the way when the mail is asked for would let anybody tie theirs to another's address.
    /// </summary>
    public async Task<RegistrationResult> CompleteAsync(string? secret, string? name, UserLoginInfo login, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { } link)
            return RegistrationResult.Refused(LinkIsOver);
        if (NameProblem(name) is { } unfit)
            return RegistrationResult.Refused(unfit);
        var result = await StoreAsync(NewAccount(link.Address, name!, confirmed: true), link.InvitationId, login, cancellationToken);
        if (result.Account is not null)
            await links.UseAsync(link, CancellationToken.None);
        return result;
    }

    /// <summary>Makes an account at once, where addresses are not confirmed.</summary>
    public async Task<RegistrationResult> RegisterAsync(string? email, string? name, string? password, string? invitation, CancellationToken cancellationToken)
    {
        if ((AddressProblem(email) ?? NameProblem(name)) is { } unfit)
            return RegistrationResult.Refused(unfit);
        var invited = await inviting.FindAsync(invitation, cancellationToken);
        return SignUpProblem(email!, invitation, invited) is { } closed
            ? RegistrationResult.Refused(closed)
            : await CreateAsync(NewAccount(email!, name!, confirmed: false), password, invited?.Id, cancellationToken);
    }

    /// <summary>Makes an account without a password for somebody who signed in to another service.</summary>
    /// <param name="email">The address.</param>
    /// <param name="name">The name shown to others.</param>
    /// <param name="login">Who somebody is there.</param>
    /// <param name="isVouchedFor">Whether the service says that the address is the person's. Where not, and addresses are confirmed, the account begins with a mail.</param>
    /// <param name="invitation">The code of an invitation.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<RegistrationResult> RegisterAsync(
        string? email, string? name, UserLoginInfo login, bool isVouchedFor, string? invitation, CancellationToken cancellationToken)
    {
        if (!isVouchedFor && ConfirmsAddresses)
            throw new InvalidOperationException("Nobody has proved this address; ask for the mail first.");
        if ((AddressProblem(email) ?? NameProblem(name)) is { } unfit)
            return RegistrationResult.Refused(unfit);
        var invited = await inviting.FindAsync(invitation, cancellationToken);
        return SignUpProblem(email!, invitation, invited) is { } closed
            ? RegistrationResult.Refused(closed)
            : await StoreAsync(NewAccount(email!, name!, confirmed: isVouchedFor), invited?.Id, login, cancellationToken);
    }

    /// <summary>Makes an account for the one who runs the machine, whatever the sign-up mode.</summary>
    public async Task<RegistrationResult> RegisterAsync(string? email, string? name, string? password, AccountRole role, CancellationToken cancellationToken)
    {
        if ((AddressProblem(email) ?? NameProblem(name)) is { } unfit)
            return RegistrationResult.Refused(unfit);
        var account = NewAccount(email!, name!, confirmed: true);
        account.Role = role;
        return await CreateAsync(account, password, invitationId: null, cancellationToken);
    }

    /// <summary>What is wrong with a name, and how to mend it; null when it will do.</summary>
    public static string? NameProblem(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > Account.LongestName || name.Any(char.IsControl)
            ? T["The name must have 1 to {0} characters.", Account.LongestName]
            : null;

    private static string? AddressProblem(string? email) =>
        string.IsNullOrWhiteSpace(email) || email.Length > 254 || email.Any(char.IsControl)
        || email.IndexOf('@', StringComparison.Ordinal) is var at && (at < 1 || at >= email.Trim().Length - 1 || email.LastIndexOf('@') != at)
            ? T["The e-mail address is not complete; it needs a form like you@example.org."]
            : null;

    private string? SignUpProblem(string email, string? code, Invitation? invitation)
    {
        if (invitation is not null)
            return null;
        if (!string.IsNullOrEmpty(code))
            return T["The invitation no longer works: it has expired, was used or was withdrawn. Ask who invited you for a new one."];
        if (_options.SignUp is SignUpMode.Invitation)
            return T["Accounts here are made by invitation. Ask somebody who has one for an invitation link."];
        var domain = email[(email.LastIndexOf('@') + 1)..].Trim();
        return _options.SignUp is SignUpMode.Domains && !_options.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase)
            ? T["Accounts here are for addresses at {0}. Give such an address, or ask for an invitation.", string.Join(", ", _options.Domains)]
            : null;
    }

    private Account NewAccount(string email, string name, bool confirmed) => new()
    {
        UserName = email.Trim(),
        Email = email.Trim(),
        EmailConfirmed = confirmed,
        DisplayName = name.Trim(),
        Language = ChosenLanguage,
        CreatedAt = time.GetUtcNow(),
        SecurityStamp = Guid.NewGuid().ToString("N"),
    };

    private async Task<RegistrationResult> CreateAsync(Account account, string? password, long? invitationId, CancellationToken cancellationToken)
    {
        if (await passwords.ProblemAsync(account, password) is { } weak)
            return RegistrationResult.Refused(weak);
        // Hashing is slow on purpose and must not hold the write lock.
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password!);
        return await StoreAsync(account, invitationId, login: null, cancellationToken);
    }

    private async Task<RegistrationResult> StoreAsync(Account account, long? invitationId, UserLoginInfo? login, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Takes the write lock: of two that want the same address or invitation, the second waits here and is refused.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (invitationId is { } id && !await inviting.TakeAsync(db, id, account, cancellationToken))
            return RegistrationResult.Refused(T["The invitation was used in the meantime. Ask who invited you for a new one."]);
        var result = await accounts.CreateAsync(account);
        if (result.Succeeded && login is not null)
            result = await accounts.AddLoginAsync(account, login);
        if (!result.Succeeded)
        {
            // The address is the user name, so one of the two says it all.
            var problems = result.Errors.Where(error => error.Code != nameof(IdentityErrorDescriber.DuplicateUserName));
            return RegistrationResult.Refused(string.Join(" ", problems.Select(error => error.Description)));
        }
        if (invitationId is not null)
            await db.Invitations.Where(i => i.Id == invitationId).ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedById, account.Id), cancellationToken);
        db.Record(account.Id, "account.create", $"account:{account.Id}", time.GetUtcNow(), invitationId is null ? null : $"by invitation:{invitationId}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return RegistrationResult.Made(account);
    }
}
