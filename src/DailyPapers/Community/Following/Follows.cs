using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Following;

/// <summary>Keeps what people follow.</summary>
public sealed class Follows(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Things one person can follow.</summary>
    public const int MostPerAccount = 100;

    /// <summary>What a person follows: authors, keywords, categories, each by name.</summary>
    public async Task<IReadOnlyList<Follow>> ListAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var follows = await db.Follows.AsNoTracking().Where(f => f.AccountId == accountId).ToListAsync(cancellationToken);
        return follows.OrderBy(f => f.Kind).ThenBy(f => f.Term, StringComparer.Ordinal).ToList();
    }

    /// <summary>Follows something; following it again changes nothing.</summary>
    /// <returns>What is wrong and how to mend it, or null when it is followed.</returns>
    public Task<string?> AddAsync(long accountId, FollowKind kind, string value, CancellationToken cancellationToken) =>
        FirstWrite.OrAgainAsync(() => WriteAsync(accountId, kind, value, cancellationToken));

    private async Task<string?> WriteAsync(long accountId, FollowKind kind, string value, CancellationToken cancellationToken)
    {
        value = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var term = FollowTerms.Of(kind, value);
        if (term.Length == 0 || value.Length > Follow.LongestValue || term.Length > Follow.LongestValue)
            return T["value has {0} characters; name what to follow in 1 to {1}.", value.Length, Follow.LongestValue];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The update takes the write lock before anything is read, and keeps the spelling that was used last.
        var known = await db.Follows.Where(f => f.AccountId == accountId && f.Kind == kind && f.Term == term)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.Value, value), cancellationToken);
        if (known == 0)
        {
            if (await db.Follows.CountAsync(f => f.AccountId == accountId, cancellationToken) >= MostPerAccount)
                return T["You follow {0} things already; stop following one first.", MostPerAccount];
            db.Follows.Add(new Follow { AccountId = accountId, Kind = kind, Value = value, Term = term, CreatedAt = time.GetUtcNow() });
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Stops following; false when the person follows no such thing.</summary>
    public async Task<bool> RemoveAsync(long accountId, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Follows.Where(f => f.AccountId == accountId && f.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }
}
