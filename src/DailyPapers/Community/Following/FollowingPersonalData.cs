using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Following;

/// <summary>What a person follows.</summary>
internal sealed class FollowingPersonalData : IPersonalData
{
    public string Name => "following";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        (await db.Follows.AsNoTracking().Where(f => f.AccountId == accountId).OrderBy(f => f.Id).ToListAsync(cancellationToken))
        .ConvertAll(f => new { Kind = f.Kind.ToString(), f.Value, f.CreatedAt });

    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        db.Follows.Where(f => f.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
}
