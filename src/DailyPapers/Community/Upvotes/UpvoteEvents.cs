using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Upvotes;

/// <summary>Upvotes speak for a paper.</summary>
internal sealed class UpvoteEvents : IScoreEvents
{
    public async Task<IReadOnlyList<ScoreEvent>> OfAsync(PapersDb db, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        var ids = paperIds.ToArray();
        return await db.Upvotes.AsNoTracking()
            .Where(u => EF.Parameter(ids).Contains(u.PaperId))
            .Select(u => new ScoreEvent(u.PaperId, ScoreEventKind.Upvote, u.CreatedAt, u.Weight))
            .ToListAsync(cancellationToken);
    }
}
