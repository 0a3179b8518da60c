using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>Stores accounts; each new one gets a handle, whatever way it is made.</summary>
internal sealed class AccountStore(PapersDb context, IdentityErrorDescriber? describer = null)
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
}
