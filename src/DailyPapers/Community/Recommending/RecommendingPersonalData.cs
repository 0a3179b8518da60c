using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Recommending;

/// <summary>What a person wants of recommendations. Of the model nothing is kept: it is made anew from what else is exported.</summary>
internal sealed class RecommendingPersonalData : IPersonalData
{
    public string Name => "recommendations";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await db.RecommendingChoices.AsNoTracking().Where(c => c.AccountId == accountId).Select(c => new { c.IsOff, c.InDigest }).ToListAsync(cancellationToken);

    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        db.RecommendingChoices.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
}
