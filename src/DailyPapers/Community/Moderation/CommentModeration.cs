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
            return CommentOutcome.Refused($"reason has {why.Length} characters; give it 1 to {LongestReason}: the author and everybody can read it.");
        return await DecideAsync(
            commentId, c => c.State is CommentState.Visible or CommentState.Held, CommentState.Hidden, why,
            "comment.hide", actorId, $"Your comment was hidden by a curator: {why}", "The comment you reported was hidden.", cancellationToken);
    }

    /// <summary>Puts a hidden comment back.</summary>
    public Task<CommentOutcome> RestoreAsync(long actorId, long commentId, CancellationToken cancellationToken) => DecideAsync(
        commentId, c => c.State is CommentState.Hidden, CommentState.Visible, null,
        "comment.restore", actorId, "A curator put your comment back.", null, cancellationToken);

    /// <summary>Lets a held comment appear.</summary>
    public Task<CommentOutcome> ApproveAsync(long actorId, long commentId, CancellationToken cancellationToken) => DecideAsync(
        commentId, c => c.State is CommentState.Held, CommentState.Visible, null,
        "comment.approve", actorId, "A curator approved your comment; it is on the page now.", null, cancellationToken);

    /// <summary>Settles the reports of a comment that stays.</summary>
    public Task<CommentOutcome> DismissAsync(long actorId, long commentId, CancellationToken cancellationToken) => DecideAsync(
        commentId, c => c.State is CommentState.Visible, CommentState.Visible, null,
        "comment.keep", actorId, null, "A curator looked at the comment you reported and left it on the page.", cancellationToken);

    private async Task<CommentOutcome> DecideAsync(
        long commentId, Func<Comment, bool> applies, CommentState state, string? reason,
        string action, long actorId, string? tellAuthor, string? tellReporters, CancellationToken cancellationToken)
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
        if (comment.AuthorId is { } author && tellAuthor is not null)
            await TellAsync(author, tellAuthor);
        if (tellReporters is not null)
        {
            foreach (var report in await db.CommentReports.Where(r => r.CommentId == commentId && r.ResolvedAt == null).ToListAsync(cancellationToken))
            {
                report.ResolvedAt = now;
                await TellAsync(report.ReporterId, tellReporters);
            }
        }
        if (appears)
            await Publication.AnnounceAsync(db, comment, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await Publication.RecountAsync(db, scoring, comment.PaperId, number, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(CommentStatus.Published, commentId);

        // Which curator decided stands in the log; the notification is the site's.
        Task TellAsync(long recipient, string text) => recipient == actorId
            ? Task.CompletedTask
            : db.NotifyAsync(new(recipient, NotificationKind.Moderation, now) { CommentId = commentId, PaperId = comment.PaperId, Text = text }, cancellationToken);
    }
}
