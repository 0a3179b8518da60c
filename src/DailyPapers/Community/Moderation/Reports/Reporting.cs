using DailyPapers.Community.Auditing;
using DailyPapers.Community.Comments;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Moderation.Reports;

/// <summary>Takes reports of comments: one a person and comment.</summary>
public sealed class Reporting(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Reports a comment to the curators.</summary>
    /// <returns>What became of it: refused with a problem, no such comment, or published, which here means handed on.</returns>
    public async Task<CommentOutcome> ReportAsync(long reporterId, long commentId, ReportReason reason, string? note, CancellationToken cancellationToken)
    {
        var clean = CommentText.Clean(note).Trim();
        if (clean.Length > CommentReport.LongestNote)
            return CommentOutcome.Refused(T["note has {0} characters; shorten it to {1}.", clean.Length, CommentReport.LongestNote]);
        if (reason is ReportReason.Other && clean.Length == 0)
            return CommentOutcome.Refused(T["note is empty; say what is wrong with the comment."]);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Takes the write lock: a second press of the button waits here instead of failing later.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        var comment = await db.Comments.AsNoTracking().SingleOrDefaultAsync(c => c.Id == commentId && c.State == CommentState.Visible, cancellationToken);
        if (comment is null)
            return CommentOutcome.NoSuch;
        if (comment.AuthorId == reporterId)
            return CommentOutcome.Refused(T["This is your own comment; delete it instead."]);
        if (await Writers.RefusalAsync(db, reporterId, time.GetUtcNow(), cancellationToken) is { } refusal)
            return CommentOutcome.Refused(refusal);
        if (!await db.CommentReports.AnyAsync(r => r.CommentId == commentId && r.ReporterId == reporterId, cancellationToken))
        {
            db.CommentReports.Add(new CommentReport
            {
                CommentId = commentId,
                ReporterId = reporterId,
                Reason = reason,
                Note = clean.Length == 0 ? null : clean,
                CreatedAt = time.GetUtcNow(),
            });
            db.Record(reporterId, "comment.report", Commenting.Subject(comment), time.GetUtcNow(), reason.ToString());
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        return new(CommentStatus.Published, commentId);
    }
}
