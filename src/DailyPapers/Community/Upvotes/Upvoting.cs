using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Upvotes;

/// <summary>Gives and takes back upvotes: one a person and paper, counted exactly whatever happens at the same time.</summary>
public sealed class Upvoting(IDbContextFactory<PapersDb> contexts, PaperScoring scoring, TimeProvider time)
{
    /// <summary>Makes the account's upvote of the paper be as wanted; doing it again changes nothing.</summary>
    /// <returns>The paper's upvotes afterwards, or null when there is no such paper.</returns>
    public async Task<int?> SetAsync(long accountId, long paperId, bool wanted, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Taking the number first takes the write lock: concurrent votes queue here instead of failing later.
        var number = await db.TakeChangeNumbersAsync(1, cancellationToken);
        var given = await db.Upvotes.AnyAsync(u => u.AccountId == accountId && u.PaperId == paperId, cancellationToken);
        var paper = db.Papers.Where(p => p.Id == paperId);
        if (given == wanted)
            return await paper.Select(p => (int?)p.Upvotes).SingleOrDefaultAsync(cancellationToken);

        if (wanted)
        {
            if (!await paper.AnyAsync(cancellationToken))
                return null;
            var now = time.GetUtcNow();
            var weight = await VoteWeighing.OfAsync(db, accountId, paperId, now, cancellationToken);
            db.Upvotes.Add(new Upvote { AccountId = accountId, PaperId = paperId, CreatedAt = now, Weight = weight });
            await db.SaveChangesAsync(cancellationToken);
        }
        else
        {
            await db.Upvotes.Where(u => u.AccountId == accountId && u.PaperId == paperId).ExecuteDeleteAsync(cancellationToken);
        }
        await paper.ExecuteUpdateAsync(
            set => set
                .SetProperty(p => p.Upvotes, p => db.Upvotes.Count(u => u.PaperId == p.Id))
                .SetProperty(p => p.ChangeSequence, number),
            cancellationToken);
        await scoring.RefreshAsync(db, [paperId], cancellationToken);
        var count = await paper.Select(p => (int?)p.Upvotes).SingleAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    /// <summary>Which of these papers the account has upvoted.</summary>
    public async Task<IReadOnlySet<long>> GivenAsync(long accountId, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = paperIds.ToArray();
        return await db.Upvotes.AsNoTracking()
            .Where(u => u.AccountId == accountId && EF.Parameter(ids).Contains(u.PaperId))
            .Select(u => u.PaperId)
            .ToHashSetAsync(cancellationToken);
    }
}
