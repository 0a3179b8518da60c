using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>Deletes an account with everything that is only its own, and keeps the counts true.</summary>
public sealed class AccountRemoval(
    IDbContextFactory<PapersDb> contexts, ILookupNormalizer normalizer, IEnumerable<IPersonalData> kept, TimeProvider time)
{
    /// <summary>Deletes the account of <paramref name="email"/>; false when there is none.</summary>
    public async Task<bool> RemoveAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeEmail(email);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Users.SingleOrDefaultAsync(a => a.NormalizedEmail == normalized, cancellationToken) is not { } account)
            return false;

        foreach (var part in kept)
            await part.EraseAsync(db, account.Id, cancellationToken);
        db.Users.Remove(account);
        db.Record(actorId: null, "account.delete", $"account:{account.Id}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
