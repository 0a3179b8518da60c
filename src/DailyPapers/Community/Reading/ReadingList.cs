using DailyPapers.Editions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Reading;

/// <summary>What people have saved for later and what they have read.</summary>
public sealed class ReadingList(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Papers one person can keep on the list, read ones among them.</summary>
    public const int MostPerAccount = 20_000;

    /// <summary>Makes the paper's state be as wanted, or with null takes it off the list; doing it again changes nothing.</summary>
    /// <returns>Null when that is done; else what is wrong.</returns>
    public Task<ReadingProblem?> SetAsync(long accountId, long paperId, ReadingState? wanted, CancellationToken cancellationToken) =>
        FirstWrite.OrAgainAsync(() => WriteAsync(accountId, paperId, wanted, cancellationToken));

    private async Task<ReadingProblem?> WriteAsync(long accountId, long paperId, ReadingState? wanted, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var own = db.ReadingEntries.Where(e => e.AccountId == accountId && e.PaperId == paperId);
        if (wanted is not { } state)
        {
            await own.ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }
        // The update comes first, since it takes the write lock before anything is read.
        var now = time.GetUtcNow();
        await own.Where(e => e.State != state).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, state).SetProperty(e => e.ChangedAt, now), cancellationToken);
        if (!await own.AnyAsync(cancellationToken))
        {
            if (!await db.Papers.AnyAsync(p => p.Id == paperId, cancellationToken))
                return ReadingProblem.NoSuchPaper;
            if (await db.ReadingEntries.CountAsync(e => e.AccountId == accountId, cancellationToken) >= MostPerAccount)
                return ReadingProblem.ListIsFull;
            db.ReadingEntries.Add(new ReadingEntry { AccountId = accountId, PaperId = paperId, State = state, ChangedAt = now });
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>A page of the papers in one state.</summary>
    public async Task<ReadingListView> ReadAsync(long accountId, ReadingState state, int page, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = db.ReadingEntries.AsNoTracking().Where(e => e.AccountId == accountId);
        var counts = await own.GroupBy(e => e.State).Select(same => new { same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Key, same => same.Count, cancellationToken);
        var papers = await own.Where(e => e.State == state)
            .OrderByDescending(e => e.ChangedAt).ThenByDescending(e => e.PaperId)
            .Skip((page - 1) * ReadingListView.PageSize).Take(ReadingListView.PageSize)
            .Join(db.Papers, e => e.PaperId, p => p.Id, (e, p) => new { e.ChangedAt, Paper = p })
            .OrderByDescending(e => e.ChangedAt).ThenByDescending(e => e.Paper.Id)
            .Select(e => e.Paper)
            .ToListAsync(cancellationToken);
        return new ReadingListView(
            state,
            await db.ListAsync(papers.ConvertAll(paper => (paper, (DateOnly?)null)), cancellationToken),
            page,
            counts.GetValueOrDefault(ReadingState.Later),
            counts.GetValueOrDefault(ReadingState.Read));
    }

    /// <summary>Where the person is with each of these papers; those that are not on the list are left out.</summary>
    public async Task<IReadOnlyDictionary<long, ReadingState>> StatesAsync(long accountId, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = paperIds.ToArray();
        return await db.ReadingEntries.AsNoTracking()
            .Where(e => e.AccountId == accountId && EF.Parameter(ids).Contains(e.PaperId))
            .ToDictionaryAsync(e => e.PaperId, e => e.State, cancellationToken);
    }
}
