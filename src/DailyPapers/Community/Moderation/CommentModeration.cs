using DailyPapers.Community.Auditing;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Moderation;

/// <summary>What curators decide about comments. Author and reporters are told, the public log says who decided and why.</summary>
public sealed class CommentModeration(IDbContextFactory<PapersDb> contexts, PaperScoring scoring, TimeProvider time)
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = CommentMapping.LongestReason;

    /// <summary>Takes a comment from the page, or does not let a held one appear; its reports are settled by that.</summary>
    /// <returns>Published when it is done; refused without a reason; no such comment that could be hidden.</returns>
    public async Task<CommentOutcome> HideAsync(long actorId, long commentId, string? reason, CancellationToken cancellationToken)
    {
        var why = CommentText.Clean(reason).Trim().ReplaceLineEndings(" ");
        if (why.Length is 0 or > LongestReason)
            return CommentOutcome.Refused(T["reason has {0} characters; give it 1 to {1}: the author and everybody can read it.", why.Length, LongestReason]);
        return await DecideAsync(
            commentId, c => c.State is CommentState.Visible or CommentState.Held, CommentState.Hidden, why,
            "comment.hide", actorId, Decision.CommentHidden, Decision.ReportedCommentHidden, cancellationToken);
    }

    /// <summary>Puts a hidden comment back.</summary>
    public Task<CommentOutcome> RestoreAsync(long actorId, long commentId, CancellationToken cancellationToken) => DecideAsync(
        commentId, c => c.State is CommentState.Hidden, CommentState.Visible, null,
        "comment.restore", actorId, Decision.CommentRestored, null, cancellationToken);

    /// <summary>Lets a held comment appear.</summary>
    public Task<CommentOutcome> ApproveAsync(long actorId, long commentId, CancellationToken cancellationToken) => DecideAsync(
        commentId, c => c.State is CommentState.Held, CommentState.Visible, null,
        "comment.approve", actorId, Decision.CommentApproved, null, cancellationToken);

    /// <summary>Settles the reports of a comment that stays.</summary>
    public Task<CommentOutcome> DismissAsync(long actorId, long commentId, CancellationToken cancellationToken) => DecideAsync(
        commentId, c => c.State is CommentState.Visible, CommentState.Visible, null,
        "comment.keep", actorId, null, Decision.ReportedCommentKept, cancellationToken);

    private async Task<CommentOutcome> DecideAsync(
        long commentId, Func<Comment, bool> applies, CommentState state, string? reason,
        string action, long actorId, Decision? tellAuthor, Decision? tellReporters, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var number = await db.TakeChangeNumbersAsync(1, cancellationToken);
        var now = time.GetUtcNow();
        if (await db.Comments.SingleOrDefaultAsync(c => c.Id == commentId, cancellationToken) is not { } comment || !applies(comment))
            return CommentOutcome.NoSuch;
        var appears = state is CommentState.Visible && comment.State is not CommentState.Visible;
        (comment.State, comment.StateReason) = (state, reason);
        db.Record(actorId, action, Commenting.Subject(comment), now, reason);
        if (comment.AuthorId is { } author && tellAuthor is { } told)
            await TellAsync(author, told, reason);
        if (tellReporters is { } answer)
        {
            foreach (var report in await db.CommentReports.Where(r => r.CommentId == commentId && r.ResolvedAt == null).ToListAsync(cancellationToken))
            {
                report.ResolvedAt = now;
                await TellAsync(report.ReporterId, answer, reason: null);
            }
        }
        if (appears)
            await Publication.AnnounceAsync(db, comment, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await Publication.RecountAsync(db, scoring, comment.PaperId, number, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(CommentStatus.Published, commentId);

        // Which curator decided stands in the log; the notification is the site's.
        Task TellAsync(long recipient, Decision decision, string? reason) => recipient == actorId
            ? Task.CompletedTask
            : db.NotifyAsync(new(recipient, NotificationKind.Moderation, now) { CommentId = commentId, PaperId = comment.PaperId, Decision = decision, Text = reason }, cancellationToken);
    }
}
