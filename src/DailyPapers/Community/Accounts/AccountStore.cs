using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>
/// Stores accounts; each new one gets a handle, whatever way it is made. New and lost ways to sign in are recorded, in the
/// same save.
/// </summary>
internal sealed class AccountStore(PapersDb context, TimeProvider time, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<Account, PapersDb, long>(context, describer)
{
    public override async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken = default)
    {
        user.Handle ??= await Handles.FreeAsync(Context, user.DisplayName, cancellationToken);
        try
        {
            return await base.CreateAsync(user, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two people of one name registered at once: the second gets the next handle.
            var wanted = user.Handle;
            if (!await Context.Users.AsNoTracking().AnyAsync(a => a.Handle == wanted, cancellationToken))
                throw;
            user.Handle = await Handles.FreeAsync(Context, user.DisplayName, cancellationToken);
            return await base.CreateAsync(user, cancellationToken);
        }
    }

    public override async Task AddLoginAsync(Account user, UserLoginInfo login, CancellationToken cancellationToken = default)
    {
        await base.AddLoginAsync(user, login, cancellationToken);
        Record(user, "account.provider.add", login.ProviderDisplayName ?? login.LoginProvider);
    }

    public override async Task RemoveLoginAsync(Account user, string loginProvider, string providerKey, CancellationToken cancellationToken = default)
    {
        await base.RemoveLoginAsync(user, loginProvider, providerKey, cancellationToken);
        Record(user, "account.provider.remove", loginProvider);
    }

    public override async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        // Every use of a passkey updates its counter; only a new one is worth an entry.
        if (await FindPasskeyAsync(user, passkey.CredentialId, cancellationToken) is null)
            Record(user, "account.passkey.add", passkey.Name);
        await base.AddOrUpdatePasskeyAsync(user, passkey, cancellationToken);
    }

    public override async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        if (await FindPasskeyAsync(user, credentialId, cancellationToken) is { } passkey)
            Record(user, "account.passkey.remove", passkey.Name);
        await base.RemovePasskeyAsync(user, credentialId, cancellationToken);
    }

    private void Record(Account user, string action, string? detail) => Context.Record(user.Id, action, $"account:{user.Id}", time.GetUtcNow(), detail);
}
