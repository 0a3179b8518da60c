using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Following;

/// <summary>The secrets in the addresses of personal feeds.</summary>
public sealed class FeedTokens(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    private const int Bytes = 24;

    /// <summary>The person's token, made at the first call.</summary>
    public async Task<string> OfAsync(long accountId, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await db.FeedTokens.Where(t => t.AccountId == accountId).Select(t => t.Token).SingleOrDefaultAsync(cancellationToken) is { } token)
                return token;
        }
        return await FirstWrite.OrAgainAsync(() => WriteAsync(accountId, replaces: false, cancellationToken));
    }

    /// <summary>Makes a new token; the address with the old one stops working.</summary>
    public Task<string> RenewAsync(long accountId, CancellationToken cancellationToken) =>
        FirstWrite.OrAgainAsync(() => WriteAsync(accountId, replaces: true, cancellationToken));

    /// <summary>Whose token it is, or null.</summary>
    public async Task<long?> AccountOfAsync(string? token, CancellationToken cancellationToken)
    {
        if (!BearerSecret.Fits(token, Bytes))
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FeedTokens.Where(t => t.Token == token).Select(t => (long?)t.AccountId).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<string> WriteAsync(long accountId, bool replaces, CancellationToken cancellationToken)
    {
        var (token, now) = (BearerSecret.New(Bytes), time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Deleting takes the write lock, also where there is nothing to delete.
        await db.FeedTokens.Where(t => t.AccountId == accountId && replaces).ExecuteDeleteAsync(cancellationToken);
        if (await db.FeedTokens.Where(t => t.AccountId == accountId).Select(t => t.Token).SingleOrDefaultAsync(cancellationToken) is { } existing)
            return existing;
        db.FeedTokens.Add(new FeedToken { AccountId = accountId, Token = token, CreatedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }
}
