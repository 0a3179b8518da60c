using System.Globalization;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Auditing;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Moderation.Filters;
using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Comments;

/// <summary>Writes, changes and takes back comments; a paper's count of them is true whatever happens at the same time.</summary>
public sealed class Commenting(IDbContextFactory<PapersDb> contexts, WordFilters filters, IOptions<ModerationOptions> options, PaperScoring scoring, TimeProvider time)
{
    /// <summary>How often one comment can be changed.</summary>
    public const int MostRevisions = 50;

    // Who presses the button twice means one comment.
    private static readonly TimeSpan SameComment = TimeSpan.FromMinutes(10);

    /// <summary>Writes a comment on a paper, or an answer to a comment on it.</summary>
    public async Task<CommentOutcome> PostAsync(long authorId, long paperId, long? parentId, string? text, CancellationToken cancellationToken)
    {
        var clean = CommentText.Clean(text);
        if (CommentText.Problem(clean) is { } problem)
            return CommentOutcome.Refused(problem);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var number = await db.TakeChangeNumbersAsync(1, cancellationToken);
        var now = time.GetUtcNow();
        if (await Writers.RefusalAsync(db, authorId, now, cancellationToken) is { } refusal)
            return CommentOutcome.Refused(refusal);
        if (!await db.Papers.AnyAsync(p => p.Id == paperId, cancellationToken))
            return CommentOutcome.NoSuch;
        if (parentId is { } parent && !await db.Comments.AnyAsync(c => c.Id == parent && c.PaperId == paperId && c.State == CommentState.Visible, cancellationToken))
            return CommentOutcome.Refused(T["The comment you answer is no longer there; your text can stand on its own."]);
        var since = now - SameComment;
        var same = await db.Comments.AsNoTracking()
            .Where(c => c.AuthorId == authorId && c.PaperId == paperId && c.ParentId == parentId && c.Text == clean && c.CreatedAt > since && c.State != CommentState.Deleted)
            .FirstOrDefaultAsync(cancellationToken);
        if (same is not null)
            return new(same.State is CommentState.Visible ? CommentStatus.Published : CommentStatus.Held, same.Id);

        var verdict = await JudgeAsync(db, authorId, clean, now, cancellationToken);
        if (verdict.Problem is not null)
            return CommentOutcome.Refused(verdict.Problem);
        var comment = new Comment { PaperId = paperId, AuthorId = authorId, ParentId = parentId, Text = clean, CreatedAt = now, State = verdict.State, StateReason = verdict.Reason };
        db.Comments.Add(comment);
        await db.SaveChangesAsync(cancellationToken);
        db.Record(authorId, "comment.post", Subject(comment), now, verdict.Reason);
        if (comment.State is CommentState.Visible)
        {
            await Publication.AnnounceAsync(db, comment, now, cancellationToken);
            await Publication.RecountAsync(db, scoring, paperId, number, cancellationToken);
        }
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(comment.State is CommentState.Visible ? CommentStatus.Published : CommentStatus.Held, comment.Id);
    }

    /// <summary>Changes the text of one's own comment; the text before stays readable in its history.</summary>
    public async Task<CommentOutcome> EditAsync(long authorId, long commentId, string? text, CancellationToken cancellationToken)
    {
        var clean = CommentText.Clean(text);
        if (CommentText.Problem(clean) is { } problem)
            return CommentOutcome.Refused(problem);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var number = await db.TakeChangeNumbersAsync(1, cancellationToken);
        var now = time.GetUtcNow();
        var comment = await db.Comments.SingleOrDefaultAsync(
            c => c.Id == commentId && c.AuthorId == authorId && (c.State == CommentState.Visible || c.State == CommentState.Held), cancellationToken);
        if (comment is null)
            return CommentOutcome.NoSuch;
        if (await Writers.RefusalAsync(db, authorId, now, cancellationToken) is { } refusal)
            return CommentOutcome.Refused(refusal);
        if (comment.Text == clean)
            return new(comment.State is CommentState.Visible ? CommentStatus.Published : CommentStatus.Held, comment.Id);
        if (await db.CommentRevisions.CountAsync(r => r.CommentId == commentId, cancellationToken) >= MostRevisions)
            return CommentOutcome.Refused(T["The comment was changed {0} times already; answer it instead.", MostRevisions]);
        var verdict = await JudgeAsync(db, authorId, clean, now, cancellationToken);
        if (verdict.Problem is not null)
            return CommentOutcome.Refused(verdict.Problem);

        db.CommentRevisions.Add(new CommentRevision { CommentId = comment.Id, Text = comment.Text, WrittenAt = comment.EditedAt ?? comment.CreatedAt });
        comment.Text = clean;
        comment.EditedAt = now;
        // A held comment stays held, whatever it says now.
        if (verdict.State is CommentState.Held && comment.State is CommentState.Visible)
            (comment.State, comment.StateReason) = (CommentState.Held, verdict.Reason);
        db.Record(authorId, "comment.edit", Subject(comment), now, verdict.Reason);
        if (comment.State is CommentState.Visible)
            await Publication.AnnounceAsync(db, comment, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await Publication.RecountAsync(db, scoring, comment.PaperId, number, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(comment.State is CommentState.Visible ? CommentStatus.Published : CommentStatus.Held, comment.Id);
    }

    /// <summary>Takes back one's own comment: its text and history are gone, answers stay. False when it is not there, or another's.</summary>
    public async Task<bool> DeleteAsync(long authorId, long commentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var number = await db.TakeChangeNumbersAsync(1, cancellationToken);
        var comment = await db.Comments.SingleOrDefaultAsync(c => c.Id == commentId && c.AuthorId == authorId && c.State != CommentState.Deleted, cancellationToken);
        if (comment is null)
            return false;
        await EmptyAsync(db, comment, time.GetUtcNow(), cancellationToken);
        db.Record(authorId, "comment.delete", Subject(comment), time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await Publication.RecountAsync(db, scoring, comment.PaperId, number, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    internal static string Subject(Comment comment) => string.Create(CultureInfo.InvariantCulture, $"comment:{comment.Id}");

    /// <summary>Takes everything out of a comment but its place among the others.</summary>
    internal static async Task EmptyAsync(PapersDb db, Comment comment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (comment.State, comment.StateReason, comment.Text, comment.EditedAt) = (CommentState.Deleted, null, "", null);
        await db.CommentRevisions.Where(r => r.CommentId == comment.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Reactions.Where(r => r.CommentId == comment.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Notifications.Where(n => n.CommentId == comment.Id && n.Kind != Notifications.NotificationKind.Moderation).ExecuteDeleteAsync(cancellationToken);
        await db.CommentReports.Where(r => r.CommentId == comment.Id && r.ResolvedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ResolvedAt, now), cancellationToken);
    }

    private async Task<(CommentState State, string? Reason, string? Problem)> JudgeAsync(
        PapersDb db, long authorId, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var author = await db.Users.AsNoTracking().SingleAsync(a => a.Id == authorId, cancellationToken);
        if (author.Role is not AccountRole.Reader)
            return (CommentState.Visible, null, null);
        var hit = await filters.FirstHitAsync(db, text, cancellationToken);
        if (hit is { Action: FilterAction.Refuse })
            return (default, null, T["A word in the text is not accepted on this site. Change the text, or ask a curator."]);
        if (hit is not null)
            return (CommentState.Held, $"Filter: {hit.Pattern}", null);
        return now - author.CreatedAt < options.Value.HoldAccountsYoungerThan
            ? (CommentState.Held, "New account", null)
            : (CommentState.Visible, null, null);
    }
}
