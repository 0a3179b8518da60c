using DailyPapers.Community.Comments;
using DailyPapers.Community.Notifications;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Reactions;

/// <summary>Gives and takes back reactions: each kind once a person and comment.</summary>
public sealed class Reacting(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Makes the account's reaction be as wanted; doing it again changes nothing.</summary>
    /// <returns>How often the comment has the reaction afterwards, or null when there is no such comment to react to.</returns>
    public async Task<int?> SetAsync(long accountId, long commentId, ReactionKind kind, bool wanted, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        var comment = await db.Comments.AsNoTracking().SingleOrDefaultAsync(c => c.Id == commentId && c.State == CommentState.Visible, cancellationToken);
        if (comment is null || await Writers.RefusalAsync(db, accountId, time.GetUtcNow(), cancellationToken) is not null)
            return null;
        var same = db.Reactions.Where(r => r.CommentId == commentId && r.Kind == kind);
        if (await same.AnyAsync(r => r.AccountId == accountId, cancellationToken) == wanted)
            return await same.CountAsync(cancellationToken);
        if (wanted)
        {
            db.Reactions.Add(new Reaction { CommentId = commentId, AccountId = accountId, Kind = kind, CreatedAt = time.GetUtcNow() });
            if (comment.AuthorId is { } author)
                await db.NotifyAsync(new(author, NotificationKind.Reaction, time.GetUtcNow()) { ActorId = accountId, CommentId = commentId, PaperId = comment.PaperId }, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        else
        {
            await same.Where(r => r.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        }
        var count = await same.CountAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }
}
