using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Search.Saving;

/// <summary>Keeps people's searches.</summary>
public sealed class SavedSearches(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Searches one person can keep.</summary>
    public const int MostPerAccount = 100;

    /// <summary>A person's searches by name.</summary>
    public async Task<IReadOnlyList<SavedSearch>> ListAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SavedSearches.AsNoTracking()
            .Where(s => s.AccountId == accountId)
            .OrderBy(s => s.Name).ThenBy(s => s.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Keeps a search; one that is kept already gets the new name.</summary>
    /// <param name="accountId">Whose it is.</param>
    /// <param name="name">Its name; blanks around it do not count.</param>
    /// <param name="query">The query string in its one spelling.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>What is wrong and how to mend it, or null when the search is kept.</returns>
    public async Task<string?> SaveAsync(long accountId, string name, string query, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > SavedSearch.LongestName)
            return T["name has {0} characters; give it 1 to {1}.", name.Length, SavedSearch.LongestName];
        if (query.Length is 0 or > SavedSearch.LongestQuery)
            return T["The search has {0} characters with all its filters; shorten it to {1}, and not to nothing.", query.Length, SavedSearch.LongestQuery];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var renamed = await db.SavedSearches.Where(s => s.AccountId == accountId && s.Query == query)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Name, name), cancellationToken);
        if (renamed == 0)
        {
            if (await db.SavedSearches.CountAsync(s => s.AccountId == accountId, cancellationToken) >= MostPerAccount)
                return T["You keep {0} searches already; remove one first.", MostPerAccount];
            db.SavedSearches.Add(new SavedSearch { AccountId = accountId, Name = name, Query = query, CreatedAt = time.GetUtcNow() });
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Removes one of a person's searches; false when they have no such search.</summary>
    public async Task<bool> RemoveAsync(long accountId, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SavedSearches.Where(s => s.AccountId == accountId && s.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }
}
