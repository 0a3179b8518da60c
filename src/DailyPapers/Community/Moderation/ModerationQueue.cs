using DailyPapers.Community.Comments;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Moderation;

/// <summary>What waits for a curator: held and reported comments, those that waited longest first.</summary>
public sealed class ModerationQueue(IDbContextFactory<PapersDb> contexts, CommentReader comments)
{
    private const int Most = 100;
    private const int MostHidden = 30;

    /// <summary>How many comments wait.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Waiting(db).CountAsync(cancellationToken);
    }

    /// <summary>The comments that wait.</summary>
    public async Task<IReadOnlyList<QueuedComment>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var listed = await comments.ListAsync(db, Waiting(db).OrderBy(c => c.Id).Take(Most), cancellationToken);
        var ids = listed.Select(l => l.Comment.Id).ToArray();
        var reports = (await db.CommentReports.AsNoTracking()
            .Where(r => r.ResolvedAt == null && EF.Parameter(ids).Contains(r.CommentId))
            .Join(db.Users, r => r.ReporterId, a => a.Id, (r, a) => new { Report = r, a.DisplayName })
            .OrderBy(r => r.Report.Id)
            .ToListAsync(cancellationToken)).ToLookup(r => r.Report.CommentId, r => new QueuedReport(r.Report.Reason, r.Report.Note, r.DisplayName, r.Report.CreatedAt));
        return listed.OrderBy(l => l.Comment.Id).Select(l => new QueuedComment(l, reports[l.Comment.Id].ToList())).ToList();
    }

    /// <summary>The comments hidden last, which can be put back.</summary>
    public async Task<IReadOnlyList<ListedComment>> HiddenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hidden = db.Comments.AsNoTracking().Where(c => c.State == CommentState.Hidden).OrderByDescending(c => c.Id).Take(MostHidden);
        return (await comments.ListAsync(db, hidden, cancellationToken)).OrderByDescending(l => l.Comment.Id).ToList();
    }

    private static IQueryable<Comment> Waiting(PapersDb db) => db.Comments.AsNoTracking().Where(c =>
        c.State == CommentState.Held
        || (c.State == CommentState.Visible && db.CommentReports.Any(r => r.CommentId == c.Id && r.ResolvedAt == null)));
}
