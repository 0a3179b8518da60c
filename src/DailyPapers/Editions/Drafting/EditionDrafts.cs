using DailyPapers.Community.Auditing;
using DailyPapers.Sources;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Editions.Drafting;

/// <summary>What curators do to drafts. A day's first change makes its draft, from the day's edition where there is one.</summary>
public sealed class EditionDrafts(IDbContextFactory<PapersDb> contexts, SiteCalendar calendar, IOptions<EditionOptions> options, TimeProvider time)
{
    /// <summary>The most papers of a draft.</summary>
    public const int MostPicks = 200;

    /// <summary>Puts a paper at the draft's end; false when there is no such paper or the draft is full.</summary>
    public Task<bool> PickAsync(long? actorId, DateOnly date, long paperId, CancellationToken cancellationToken) =>
        ChangeAsync(actorId, date, "edition.pick", paperId, async (db, draft) =>
        {
            if (draft.Picks.Exists(pick => pick.PaperId == paperId))
                return true;
            if (draft.Picks.Count >= MostPicks || !await db.Papers.AnyAsync(p => p.Id == paperId, cancellationToken))
                return false;
            draft.Picks.Add(new DraftPick { PaperId = paperId, Position = draft.Picks.Count });
            draft.Dropped.RemoveAll(dropped => dropped.PaperId == paperId);
            await db.SkippedPapers.Where(s => s.PaperId == paperId).ExecuteDeleteAsync(cancellationToken);
            return true;
        }, cancellationToken);

    /// <summary>Takes a paper out of the draft; false when it is not in it.</summary>
    public Task<bool> DropAsync(long? actorId, DateOnly date, long paperId, CancellationToken cancellationToken) =>
        ChangeAsync(actorId, date, "edition.drop", paperId, (_, draft) => Task.FromResult(Drop(draft, [paperId])), cancellationToken);

    /// <summary>Moves a paper by some places, negative ones towards the beginning; false when it is not in the draft.</summary>
    public Task<bool> MoveAsync(long? actorId, DateOnly date, long paperId, int by, CancellationToken cancellationToken) =>
        ChangeAsync(actorId, date, "edition.order", paperId, (_, draft) =>
        {
            var order = Ordered(draft);
            var from = order.FindIndex(pick => pick.PaperId == paperId);
            if (from < 0)
                return Task.FromResult(false);
            var pick = order[from];
            order.RemoveAt(from);
            order.Insert(Math.Clamp(from + by, 0, order.Count), pick);
            Number(order);
            return Task.FromResult(true);
        }, cancellationToken);

    /// <summary>Puts the papers in this order; those not named follow in the order they had, and names of others are ignored.</summary>
    public Task<bool> OrderAsync(long? actorId, DateOnly date, IReadOnlyList<long> paperIds, CancellationToken cancellationToken) =>
        ChangeAsync(actorId, date, "edition.order", null, (_, draft) =>
        {
            var place = paperIds.Distinct().Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
            Number([.. Ordered(draft).OrderBy(pick => place.GetValueOrDefault(pick.PaperId, int.MaxValue))]);
            return Task.FromResult(true);
        }, cancellationToken);

    /// <summary>Makes the draft consist of these papers in this order.</summary>
    public Task<bool> ReplaceAsync(long? actorId, DateOnly date, IReadOnlyList<long> paperIds, CancellationToken cancellationToken) =>
        ChangeAsync(actorId, date, "edition.order", null, (_, draft) =>
        {
            var wanted = paperIds.Distinct().Take(MostPicks).ToList();
            Drop(draft, [.. draft.Picks.Select(pick => pick.PaperId).Except(wanted)]);
            draft.Dropped.RemoveAll(dropped => wanted.Contains(dropped.PaperId));
            foreach (var id in wanted.Where(id => !draft.Picks.Exists(pick => pick.PaperId == id)).ToList())
                draft.Picks.Add(new DraftPick { PaperId = id });
            Number([.. draft.Picks.OrderBy(pick => wanted.IndexOf(pick.PaperId))]);
            return Task.FromResult(true);
        }, cancellationToken);

    /// <summary>Writes a note among curators at a paper; an empty one removes it. False when the paper is not in the draft.</summary>
    public Task<bool> NoteAsync(long? actorId, DateOnly date, long paperId, string? note, CancellationToken cancellationToken) =>
        ChangeAsync(actorId, date, "edition.note", paperId, (_, draft) =>
        {
            if (draft.Picks.Find(pick => pick.PaperId == paperId) is not { } noted)
                return Task.FromResult(false);
            noted.Note = FieldText.ShortLine(note, DraftPick.LongestNote);
            return Task.FromResult(true);
        }, cancellationToken);

    /// <summary>Schedules the draft for its day's time of publishing.</summary>
    /// <returns>Why it cannot be scheduled and what to do, or null when it is.</returns>
    public async Task<string?> ScheduleAsync(long? actorId, DateOnly date, CancellationToken cancellationToken)
    {
        var at = calendar.Instant(date, options.Value.PublishAt);
        if (at <= time.GetUtcNow())
            return $"{options.Value.PublishAt:HH\\:mm} of {date:d MMMM yyyy} has passed. Publish it now instead.";
        string? problem = null;
        await ChangeAsync(actorId, date, "edition.schedule", null, (_, draft) =>
        {
            if (draft.Picks.Count == 0)
            {
                problem = "There is no paper in it. Pick one first.";
                return Task.FromResult(false);
            }
            (draft.State, draft.ScheduledFor) = (DraftState.Scheduled, at);
            return Task.FromResult(true);
        }, cancellationToken);
        return problem;
    }

    /// <summary>Takes the schedule back; false when the draft is not scheduled.</summary>
    public Task<bool> UnscheduleAsync(long? actorId, DateOnly date, CancellationToken cancellationToken) =>
        ChangeAsync(actorId, date, "edition.unschedule", null, (_, draft) =>
        {
            if (draft.State is not DraftState.Scheduled)
                return Task.FromResult(false);
            (draft.State, draft.ScheduledFor) = (DraftState.Open, null);
            return Task.FromResult(true);
        }, cancellationToken);

    /// <summary>Takes a paper from the candidates, or gives it back to them; false when there is no such paper.</summary>
    public async Task<bool> SkipAsync(long? actorId, long paperId, bool skipped, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var removed = await db.SkippedPapers.Where(s => s.PaperId == paperId).ExecuteDeleteAsync(cancellationToken);
        if (!await db.Papers.AnyAsync(p => p.Id == paperId, cancellationToken))
            return false;
        if (skipped)
            db.SkippedPapers.Add(new SkippedPaper { PaperId = paperId, SkippedAt = time.GetUtcNow() });
        if (skipped != removed > 0)
            db.Record(actorId, skipped ? "edition.skip" : "edition.unskip", $"paper:{paperId}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<bool> ChangeAsync(
        long? actorId, DateOnly date, string action, long? paperId, Func<PapersDb, EditionDraft, Task<bool>> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        // Locks the draft: of two curators one waits for the other. Drafts are on no cached page, so they take no change number.
        await db.EditionDrafts.Where(d => d.Date == date).ExecuteUpdateAsync(set => set.SetProperty(d => d.ChangedAt, now), cancellationToken);
        var draft = await db.EditionDrafts.Include(d => d.Picks).Include(d => d.Dropped).AsSplitQuery().SingleOrDefaultAsync(d => d.Date == date, cancellationToken)
            ?? await BeginAsync(db, date, cancellationToken);
        if (!await change(db, draft))
            return false;
        Number(Ordered(draft));
        // A schedule without papers would publish nothing.
        if (draft is { State: DraftState.Scheduled, Picks.Count: 0 })
            (draft.State, draft.ScheduledFor) = (DraftState.Open, null);
        draft.ChangedAt = now;
        db.Record(actorId, action, $"edition:{date:yyyy-MM-dd}", now, paperId is { } id ? $"paper:{id}" : null);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<EditionDraft> BeginAsync(PapersDb db, DateOnly date, CancellationToken cancellationToken)
    {
        var draft = new EditionDraft { Date = date };
        if (await db.Editions.AsNoTracking().Include(e => e.Entries).SingleOrDefaultAsync(e => e.Date == date, cancellationToken) is { } edition)
        {
            draft.State = DraftState.Published;
            draft.Picks = [.. edition.Entries.Select(entry => new DraftPick { PaperId = entry.PaperId, Position = entry.Position })];
        }
        db.EditionDrafts.Add(draft);
        return draft;
    }

    private static bool Drop(EditionDraft draft, IReadOnlyList<long> paperIds)
    {
        if (draft.Picks.RemoveAll(pick => paperIds.Contains(pick.PaperId)) == 0)
            return false;
        foreach (var id in paperIds.Where(id => !draft.Dropped.Exists(dropped => dropped.PaperId == id)))
            draft.Dropped.Add(new DroppedPaper { PaperId = id });
        return true;
    }

    private static List<DraftPick> Ordered(EditionDraft draft) => [.. draft.Picks.OrderBy(pick => pick.Position)];

    private static void Number(List<DraftPick> order)
    {
        for (var position = 0; position < order.Count; position++)
            order[position].Position = position;
    }
}
