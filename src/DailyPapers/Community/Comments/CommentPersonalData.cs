using DailyPapers.Community.Accounts;
using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Comments;

/// <summary>A person's comments with their history. Erased they are empty places, so that answers by others still stand somewhere.</summary>
internal sealed class CommentPersonalData(PaperScoring scoring, TimeProvider time) : IPersonalData
{
    public string Name => "comments";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var comments = await db.Comments.AsNoTracking().Where(c => c.AuthorId == accountId && c.State != CommentState.Deleted)
            .Join(db.Papers, c => c.PaperId, p => p.Id, (c, p) => new { Comment = c, p.Key })
            .OrderBy(c => c.Comment.Id)
            .ToListAsync(cancellationToken);
        var revisions = (await db.CommentRevisions.AsNoTracking()
            .Where(r => db.Comments.Any(c => c.Id == r.CommentId && c.AuthorId == accountId))
            .OrderBy(r => r.Id)
            .ToListAsync(cancellationToken)).ToLookup(r => r.CommentId);
        return comments.ConvertAll(row => new
        {
            row.Comment.Id,
            Paper = row.Key,
            Answers = row.Comment.ParentId,
            row.Comment.CreatedAt,
            row.Comment.EditedAt,
            State = row.Comment.State.ToString(),
            row.Comment.Text,
            Before = revisions[row.Comment.Id].Select(r => new { r.WrittenAt, r.Text }).ToList(),
        });
    }

    public async Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var own = await db.Comments.Where(c => c.AuthorId == accountId).ToListAsync(cancellationToken);
        if (own.Count == 0)
            return;
        foreach (var comment in own)
        {
            if (comment.State is not CommentState.Deleted)
                await Commenting.EmptyAsync(db, comment, time.GetUtcNow(), cancellationToken);
            comment.AuthorId = null;
        }
        await db.SaveChangesAsync(cancellationToken);
        var papers = own.Select(c => c.PaperId).Distinct().ToList();
        var number = await db.TakeChangeNumbersAsync(papers.Count, cancellationToken);
        foreach (var paper in papers)
            await Publication.RecountAsync(db, scoring, paper, number++, cancellationToken);
    }
}
