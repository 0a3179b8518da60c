using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts.Trust;

/// <summary>Brings an account's trust level to what it has earned by now.</summary>
public sealed class TrustReview(
    IDbContextFactory<PapersDb> contexts, IEnumerable<ITrustEvidence> evidence, IOptions<AccountOptions> options, TimeProvider time)
{
    /// <summary>Reviews the account; null when there is none.</summary>
    public async Task<TrustLevel?> ReviewAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await db.Users.AsNoTracking()
            .Where(a => a.Id == accountId)
            .Select(a => new { a.Role, a.CreatedAt, a.Trust })
            .SingleOrDefaultAsync(cancellationToken);
        if (account is null)
            return null;
        var sum = default(TrustEvidence);
        foreach (var part in evidence)
            sum += await part.ReadAsync(db, accountId, cancellationToken);
        var level = TrustRule.LevelOf(account.Role, time.GetUtcNow() - account.CreatedAt, sum, options.Value.Trust);
        if (level != account.Trust)
            await db.Users.Where(a => a.Id == accountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Trust, level), cancellationToken);
        return level;
    }
}
