using DailyPapers.Community.Comments.Rendering;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Comments;

/// <summary>What follows when a comment appears on a page or leaves it. All within the transaction of the change.</summary>
internal static class Publication
{
    /// <summary>Makes the paper's count of comments and its score true, and the paper changed.</summary>
    public static async Task RecountAsync(PapersDb db, PaperScoring scoring, long paperId, long number, CancellationToken cancellationToken)
    {
        await db.Papers.Where(p => p.Id == paperId).ExecuteUpdateAsync(
            set => set
                .SetProperty(p => p.Comments, p => db.Comments.Count(c => c.PaperId == p.Id && c.State == CommentState.Visible))
                .SetProperty(p => p.ChangeSequence, number),
            cancellationToken);
        await scoring.RefreshAsync(db, [paperId], cancellationToken);
    }

    /// <summary>Tells who is answered and who is named; people told of this comment before are not told again.</summary>
    public static async Task AnnounceAsync(PapersDb db, Comment comment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answered = await db.Comments.AsNoTracking().Where(c => c.Id == comment.ParentId).Select(c => c.AuthorId).SingleOrDefaultAsync(cancellationToken);
        if (answered is { } parent)
            await TellAsync(parent, NotificationKind.Reply);
        var handles = CommentMarkdown.MentionsIn(comment.Text).Take(Mentions.MostNotified).ToArray();
        if (handles.Length == 0)
            return;
        foreach (var named in await db.Users.AsNoTracking().Where(a => EF.Parameter(handles).Contains(a.Handle)).Select(a => a.Id).ToListAsync(cancellationToken))
            await TellAsync(named, NotificationKind.Mention);

        Task TellAsync(long recipient, NotificationKind kind) =>
            db.NotifyAsync(new(recipient, kind, now) { ActorId = comment.AuthorId, CommentId = comment.Id, PaperId = comment.PaperId }, cancellationToken);
    }
}
