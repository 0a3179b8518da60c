using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community;

/// <summary>Deletes an account with everything that is only its own, and keeps the counts true.</summary>
public sealed class AccountRemoval(IDbContextFactory<PapersDb> contexts, ILookupNormalizer normalizer)
{
    /// <summary>Deletes the account of <paramref name="email"/>; false when there is none.</summary>
    public async Task<bool> RemoveAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeEmail(email);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Users.SingleOrDefaultAsync(a => a.NormalizedEmail == normalized, cancellationToken) is not { } account)
            return false;

        var voted = await db.Upvotes.Where(u => u.AccountId == account.Id).Select(u => u.PaperId).ToArrayAsync(cancellationToken);
        await db.Upvotes.Where(u => u.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
        foreach (var paper in await db.Papers.Where(p => EF.Parameter(voted).Contains(p.Id)).ToListAsync(cancellationToken))
            paper.Upvotes = await db.Upvotes.CountAsync(u => u.PaperId == paper.Id, cancellationToken);
        db.Users.Remove(account);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
