using DailyPapers.Community.Accounts;
using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Upvotes;

/// <summary>A person's upvotes.</summary>
internal sealed class UpvotePersonalData(PaperScoring scoring) : IPersonalData
{
    public string Name => "upvotes";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await db.Upvotes.AsNoTracking()
            .Where(u => u.AccountId == accountId)
            .Join(db.Papers, u => u.PaperId, p => p.Id, (u, p) => new { u.CreatedAt, p.Key, p.Title })
            .OrderBy(u => u.CreatedAt)
            .ToListAsync(cancellationToken);

    public async Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var voted = await db.Upvotes.Where(u => u.AccountId == accountId).Select(u => u.PaperId).ToArrayAsync(cancellationToken);
        await db.Upvotes.Where(u => u.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        foreach (var paper in await db.Papers.Where(p => EF.Parameter(voted).Contains(p.Id)).ToListAsync(cancellationToken))
            paper.Upvotes = await db.Upvotes.CountAsync(u => u.PaperId == paper.Id, cancellationToken);
        await scoring.RefreshAsync(db, voted, cancellationToken);
    }
}
