using DailyPapers.Community.Scoring;
using DailyPapers.Community.Upvotes;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Comments;

/// <summary>
/// That people discuss a paper speaks for it: the first comment of each person, as much as the person's account then counted.
/// Whoever writes many says no more by that.
/// </summary>
internal sealed class CommentEvents : IScoreEvents
{
    public async Task<IReadOnlyList<ScoreEvent>> OfAsync(PapersDb db, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        var ids = paperIds.ToArray();
        var first = await db.Comments.AsNoTracking()
            .Where(c => EF.Parameter(ids).Contains(c.PaperId) && c.State == CommentState.Visible && c.AuthorId != null)
            .GroupBy(c => new { c.PaperId, c.AuthorId })
            .Select(g => g.Min(c => c.Id))
            .ToArrayAsync(cancellationToken);
        var comments = await db.Comments.AsNoTracking()
            .Where(c => EF.Parameter(first).Contains(c.Id))
            .Join(db.Users, c => c.AuthorId, a => a.Id, (c, a) => new { c.PaperId, c.CreatedAt, AccountCreatedAt = a.CreatedAt })
            .ToListAsync(cancellationToken);
        return comments.ConvertAll(c => new ScoreEvent(c.PaperId, ScoreEventKind.Comment, c.CreatedAt, VoteWeight.Standing(c.CreatedAt - c.AccountCreatedAt)));
    }
}
