using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Recommending;

/// <summary>What people want of recommendations.</summary>
public sealed class RecommendingChoices(IDbContextFactory<PapersDb> contexts)
{
    /// <summary>What the person has chosen: by default recommendations on the page and none by mail.</summary>
    public async Task<RecommendingChoice> OfAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RecommendingChoices.AsNoTracking().SingleOrDefaultAsync(c => c.AccountId == accountId, cancellationToken)
            ?? new RecommendingChoice { AccountId = accountId };
    }

    /// <summary>Keeps a choice.</summary>
    public Task SetAsync(RecommendingChoice choice, CancellationToken cancellationToken) =>
        FirstWrite.OrAgainAsync(() => WriteAsync(choice, cancellationToken));

    private async Task<int> WriteAsync(RecommendingChoice choice, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The update takes the write lock before anything is read.
        var known = await db.RecommendingChoices.Where(c => c.AccountId == choice.AccountId).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.IsOff, choice.IsOff).SetProperty(c => c.InDigest, choice.InDigest), cancellationToken);
        if (known == 0)
        {
            db.RecommendingChoices.Add(choice);
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return known;
    }
}
