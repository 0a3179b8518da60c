using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts;

/// <summary>
/// Counts wrong passwords and codes, and locks an account after too many. Each counts, also of many at the same time; and
/// an address without an account costs the same statements, or their time would tell who has one.
/// </summary>
public sealed class FailedSignIns(IDbContextFactory<PapersDb> contexts, IOptions<IdentityOptions> identity, TimeProvider time)
{
    /// <summary>Counts a failure.</summary>
    /// <param name="accountId">The account, or null when there is none that could be locked.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task CountAsync(long? accountId, CancellationToken cancellationToken)
    {
        var lockout = identity.Value.Lockout;
        // Only numbers differ between the two cases, so that the statement is the same.
        var (step, most) = accountId is null ? (0, int.MaxValue) : (1, lockout.MaxFailedAccessAttempts - 1);
        var until = time.GetUtcNow() + lockout.DefaultLockoutTimeSpan;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // The oldest account stands in for one that does not exist: it is written, and stays as it is.
        var standIn = await db.Users.MinAsync(a => (long?)a.Id, cancellationToken);
        var row = accountId ?? standIn;
        await db.Users.Where(a => a.Id == row).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.LockoutEnd, a => a.LockoutEnabled && a.AccessFailedCount + step > most ? until : a.LockoutEnd)
                .SetProperty(a => a.AccessFailedCount, a => a.LockoutEnabled && a.AccessFailedCount + step > most ? 0 : a.AccessFailedCount + step),
            cancellationToken);
    }
}
