using DailyPapers.Community.Comments;
using DailyPapers.Community.Comments.Rendering;
using DailyPapers.Digests.Mail;
using DailyPapers.Storage;
using DailyPapers.Tex;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Notifications;

/// <summary>A person's notifications.</summary>
public sealed class NotificationInbox(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    private const int LongestExcerpt = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    /// <summary>How many are not read.</summary>
    public async Task<int> CountUnreadAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Notifications.CountAsync(n => n.AccountId == accountId && n.ReadAt == null, cancellationToken);
    }

    /// <summary>The newest, those before <paramref name="before"/> when it is given.</summary>
    public async Task<IReadOnlyList<NotificationView>> ListAsync(long accountId, long? before, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = db.Notifications.AsNoTracking().Where(n => n.AccountId == accountId);
        if (before is { } number)
            own = own.Where(n => n.Id < number);
        return await ViewsAsync(db, own.OrderByDescending(n => n.Id).Take(most), cancellationToken);
    }

    /// <summary>One of a person's notifications, marked as read; null when they have no such one.</summary>
    public async Task<NotificationView?> OpenAsync(long accountId, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var one = db.Notifications.Where(n => n.AccountId == accountId && n.Id == id);
        var now = time.GetUtcNow();
        await one.Where(n => n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
        return (await ViewsAsync(db, one.AsNoTracking(), cancellationToken)).SingleOrDefault();
    }

    /// <summary>Marks all up to <paramref name="upTo"/> as read: not those that came while the person read the list.</summary>
    public async Task MarkReadAsync(long accountId, long upTo, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await db.Notifications.Where(n => n.AccountId == accountId && n.Id <= upTo && n.ReadAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
    }

    /// <summary>Forgets what is older than half a year.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = time.GetUtcNow() - Kept;
        await db.Notifications.Where(n => n.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    internal static async Task<IReadOnlyList<NotificationView>> ViewsAsync(PapersDb db, IQueryable<Notification> notifications, CancellationToken cancellationToken)
    {
        var rows = await (
            from n in notifications
            join a in db.Users on n.ActorId equals a.Id into actors
            from actor in actors.DefaultIfEmpty()
            join p in db.Papers on n.PaperId equals p.Id into papers
            from paper in papers.DefaultIfEmpty()
            join c in db.Comments on n.CommentId equals c.Id into comments
            from comment in comments.DefaultIfEmpty()
            orderby n.Id descending
            select new
            {
                Told = n,
                Actor = actor == null ? null : actor.DisplayName,
                Key = paper == null ? null : paper.Key,
                Title = paper == null ? null : paper.Title,
                Comment = comment == null || comment.State != CommentState.Visible ? null : comment.Text,
            }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new NotificationView
        {
            Id = row.Told.Id,
            Kind = row.Told.Kind,
            At = row.Told.CreatedAt,
            IsRead = row.Told.ReadAt is not null,
            ActorName = row.Actor,
            PaperKey = row.Key,
            PaperTitle = row.Title is null ? null : TexText.ParseTitle(row.Title).ToPlainText(),
            CommentId = row.Told.CommentId,
            Excerpt = row.Comment is null ? null : MailText.Cut(MailText.OneLine(CommentMarkdown.PlainText(row.Comment)), LongestExcerpt),
            Decision = row.Told.Decision,
            Names = row.Told.Names,
            Text = row.Told.Text,
        });
    }
}
