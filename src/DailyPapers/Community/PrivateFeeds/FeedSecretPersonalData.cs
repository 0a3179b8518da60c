using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.PrivateFeeds;

/// <summary>Which private feeds a person has.</summary>
internal sealed class FeedSecretPersonalData : IPersonalData
{
    public string Name => "feeds";

    // Not the hash, which is of use to nobody.
    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        (await db.FeedSecrets.AsNoTracking().Where(s => s.AccountId == accountId).OrderBy(s => s.CreatedAt).ToListAsync(cancellationToken))
        .ConvertAll(s => new { Kind = s.Kind.ToString(), s.CreatedAt });

    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        db.FeedSecrets.Where(s => s.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
}
