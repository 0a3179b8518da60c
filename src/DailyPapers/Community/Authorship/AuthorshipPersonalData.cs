using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Authorship;

/// <summary>A person's claims of authorship, and that they decided about others'.</summary>
internal sealed class AuthorshipPersonalData : IPersonalData
{
    public string Name => "authorship";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        (await db.AuthorshipClaims.AsNoTracking()
            .Where(c => c.AccountId == accountId)
            .OrderBy(c => c.Id)
            .Join(db.Papers, c => c.PaperId, p => p.Id, (c, p) => new { Claim = c, p.Key, p.Title })
            .ToListAsync(cancellationToken))
        .ConvertAll(c => new { c.Key, c.Title, c.Claim.AuthorName, c.Claim.Evidence, State = c.Claim.State.ToString(), c.Claim.CreatedAt, c.Claim.DecidedAt, c.Claim.Reason });

    public async Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        await db.AuthorshipClaims.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await db.AuthorshipClaims.Where(c => c.DecidedById == accountId).ExecuteUpdateAsync(set => set.SetProperty(c => c.DecidedById, (long?)null), cancellationToken);
    }
}
