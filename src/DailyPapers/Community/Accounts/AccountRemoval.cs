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
    public Task<bool> RemoveAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeEmail(email);
        return RemoveAsync(accounts => accounts.Where(a => a.NormalizedEmail == normalized), cancellationToken);
    }

    /// <summary>Deletes the account; false when there is none.</summary>
    public Task<bool> RemoveAsync(long accountId, CancellationToken cancellationToken) =>
        RemoveAsync(accounts => accounts.Where(a => a.Id == accountId), cancellationToken);

    /// <summary>Whether the account is the only administrator, without whom nobody could run the site.</summary>
    public async Task<bool> IsLastAdministratorAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(a => a.Id == accountId && a.Role == AccountRole.Administrator, cancellationToken)
            && !await db.Users.AnyAsync(a => a.Id != accountId && a.Role == AccountRole.Administrator, cancellationToken);
    }

    private async Task<bool> RemoveAsync(Func<IQueryable<Account>, IQueryable<Account>> which, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Taken first, it takes the write lock; and what the person did is gone from pages that are cached by it.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await which(db.Users).SingleOrDefaultAsync(cancellationToken) is not { } account)
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
