using DailyPapers.Community.Accounts.Links;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>
/// The first administrator is whoever opens a link that only the machine's console shows. Not whoever registers first: a
/// service that has just been put on the network is found by strangers within minutes.
/// </summary>
public sealed class FirstAdministrator(IDbContextFactory<PapersDb> contexts, AccountLinks links)
{
    /// <summary>The path of the link's page.</summary>
    public const string Path = "/account/setup";

    /// <summary>A new link's path and secret, which replaces earlier ones; null when there is an administrator.</summary>
    public async Task<string?> InviteAsync(CancellationToken cancellationToken)
    {
        await links.WithdrawAllAsync(AccountLinkPurpose.Setup, cancellationToken);
        if (await ExistsAsync(cancellationToken))
            return null;
        var secret = await links.IssueAsync(new AccountLink { Purpose = AccountLinkPurpose.Setup, Address = "" }, cancellationToken);
        return $"{Path}?token={secret}";
    }

    /// <summary>Whether the link of a secret may make the first administrator.</summary>
    public async Task<AccountLink?> FindAsync(string? secret, CancellationToken cancellationToken) =>
        await links.FindAsync(AccountLinkPurpose.Setup, secret, cancellationToken) is { } link && !await ExistsAsync(cancellationToken) ? link : null;

    /// <summary>Makes the account and uses the link up.</summary>
    public async Task<RegistrationResult> MakeAsync(
        Registering registering, string? secret, string? email, string? name, string? password, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { } link)
            return RegistrationResult.Refused(T["This link no longer works. Restart the service: its console then shows a new one, if there is no administrator yet."]);
        var result = await registering.RegisterAsync(email, name, password, AccountRole.Administrator, cancellationToken);
        if (result.Account is not null)
            await links.UseAsync(link, CancellationToken.None);
        return result;
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(a => a.Role == AccountRole.Administrator, cancellationToken);
    }
}
