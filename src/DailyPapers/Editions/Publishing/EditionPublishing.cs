using DailyPapers.Community.Auditing;
using DailyPapers.Editions.Drafting;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions.Publishing;

/// <summary>
/// Makes editions of drafts. That a draft is published and the edition it becomes are one transaction: a crash leaves both or
/// neither, and of several processes one publishes.
/// </summary>
public sealed class EditionPublishing(IDbContextFactory<PapersDb> contexts, EditionWriter editions, TimeProvider time)
{
    /// <summary>Makes the draft of <paramref name="date"/> the day's edition now, or brings a published edition to what the draft has.</summary>
    /// <returns>The edition's papers; null when there is no draft with papers.</returns>
    public async Task<int?> PublishAsync(long? actorId, DateOnly date, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        var draft = await db.EditionDrafts.Include(d => d.Picks).SingleOrDefaultAsync(d => d.Date == date, cancellationToken);
        if (draft is null || draft.Picks.Count == 0)
            return null;
        var isEdit = await db.Editions.AnyAsync(e => e.Date == date, cancellationToken);
        await PublishAsync(db, draft, actorId, isEdit ? "edition.edit" : "edition.publish", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return draft.Picks.Count;
    }

    /// <summary>Publishes the drafts whose time has come, however long ago: what was missed while nothing ran appears late and once.</summary>
    /// <returns>The days published.</returns>
    public async Task<IReadOnlyList<DateOnly>> PublishDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = await db.EditionDrafts.AsNoTracking()
            .Where(d => d.State == DraftState.Scheduled && d.ScheduledFor <= now)
            .OrderBy(d => d.Date)
            .Select(d => d.Id)
            .ToListAsync(cancellationToken);
        var published = new List<DateOnly>();
        foreach (var id in due)
        {
            if (await PublishDueAsync(id, now, cancellationToken) is { } date)
                published.Add(date);
        }
        return published;
    }

    private async Task<DateOnly?> PublishDueAsync(long draftId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        // Asked again under the lock: another process may have published it, or a curator taken the schedule back.
        var draft = await db.EditionDrafts.Include(d => d.Picks)
            .SingleOrDefaultAsync(d => d.Id == draftId && d.State == DraftState.Scheduled && d.ScheduledFor <= now, cancellationToken);
        if (draft is null)
            return null;
        await PublishAsync(db, draft, actorId: null, "edition.publish", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return draft.Date;
    }

    private async Task PublishAsync(PapersDb db, EditionDraft draft, long? actorId, string action, CancellationToken cancellationToken)
    {
        var papers = draft.Picks.OrderBy(pick => pick.Position).Select(pick => pick.PaperId).ToList();
        await editions.ReplaceAsync(db, draft.Date, papers, cancellationToken);
        (draft.State, draft.ScheduledFor, draft.ChangedAt) = (DraftState.Published, null, time.GetUtcNow());
        db.Record(actorId, action, $"edition:{draft.Date:yyyy-MM-dd}", time.GetUtcNow(), $"{papers.Count} papers");
        await db.SaveChangesAsync(cancellationToken);
    }
}
