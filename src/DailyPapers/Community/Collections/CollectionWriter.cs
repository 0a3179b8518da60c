using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Collections;

/// <summary>Changes a person's own collections. What others can see takes a change number and an entry in the audit log.</summary>
public sealed class CollectionWriter(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Collections one person can have.</summary>
    public const int MostPerAccount = 200;

    /// <summary>Papers one collection can have.</summary>
    public const int MostPapers = 1_000;

    /// <summary>Makes a collection.</summary>
    public async Task<CollectionOutcome> CreateAsync(long accountId, CollectionDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Problem() is { } problem)
            return CollectionOutcome.Refused(problem);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await db.Collections.CountAsync(c => c.AccountId == accountId, cancellationToken) >= MostPerAccount)
            return CollectionOutcome.Refused(T["You have {0} collections already; delete one first.", MostPerAccount]);
        var now = time.GetUtcNow();
        var collection = new Collection { AccountId = accountId, Name = "", Slug = "", CreatedAt = now, UpdatedAt = now };
        Describe(collection, draft);
        db.Collections.Add(collection);
        await db.SaveChangesAsync(cancellationToken);
        Record(db, collection, "create", collection.Name);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return CollectionOutcome.Of(collection);
    }

    /// <summary>Renames and describes a collection, and decides who sees it.</summary>
    public async Task<CollectionOutcome> EditAsync(long accountId, long id, CollectionDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Problem() is { } problem)
            return CollectionOutcome.Refused(problem);
        return await ChangeAsync(accountId, id, (db, collection) =>
        {
            // Becoming public is seen by others, and so is becoming private.
            var wasPublic = collection.IsPublic;
            Describe(collection, draft);
            if (wasPublic || collection.IsPublic)
                db.Record(accountId, "collection.edit", Subject(collection), time.GetUtcNow(), $"{collection.Name}, {(collection.IsPublic ? "public" : "private")}");
            return Task.FromResult<string?>(null);
        }, cancellationToken);
    }

    /// <summary>Deletes a collection; false when the person has no such collection.</summary>
    public async Task<bool> DeleteAsync(long accountId, long id, CancellationToken cancellationToken)
    {
        var outcome = await ChangeAsync(accountId, id, async (db, collection) =>
        {
            Record(db, collection, "delete", collection.Name);
            await db.CollectionEntries.Where(e => e.CollectionId == id).ExecuteDeleteAsync(cancellationToken);
            db.Collections.Remove(collection);
            return null;
        }, cancellationToken);
        return !outcome.IsMissing;
    }

    /// <summary>Adds a paper at the end; one that is in the collection already stays where it is and gets the note, if there is one.</summary>
    public async Task<CollectionOutcome> AddAsync(long accountId, long id, long paperId, string? note, CancellationToken cancellationToken)
    {
        if (NoteProblem(note) is { } problem)
            return CollectionOutcome.Refused(problem);
        var isKnown = true;
        var outcome = await ChangeAsync(accountId, id, async (db, collection) =>
        {
            if (await db.CollectionEntries.SingleOrDefaultAsync(e => e.CollectionId == id && e.PaperId == paperId, cancellationToken) is { } entry)
            {
                if (Text(note) is { } text && text != entry.Note)
                {
                    entry.Note = text;
                    Record(db, collection, "note", $"paper:{paperId}");
                }
                return null;
            }
            if (!await db.Papers.AnyAsync(p => p.Id == paperId, cancellationToken))
            {
                isKnown = false;
                return T["There is no such paper."];
            }
            if (await db.CollectionEntries.CountAsync(e => e.CollectionId == id, cancellationToken) >= MostPapers)
                return T["The collection has {0} papers already; begin another one.", MostPapers];
            var last = await db.CollectionEntries.Where(e => e.CollectionId == id).MaxAsync(e => (int?)e.Position, cancellationToken) ?? 0;
            db.CollectionEntries.Add(new CollectionEntry { CollectionId = id, PaperId = paperId, Position = last + 1, Note = Text(note), AddedAt = time.GetUtcNow() });
            Record(db, collection, "add", $"paper:{paperId}");
            return null;
        }, cancellationToken);
        return isKnown ? outcome : CollectionOutcome.Missing;
    }

    /// <summary>Takes a paper out; taking out what is not there changes nothing.</summary>
    public Task<CollectionOutcome> RemoveAsync(long accountId, long id, long paperId, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, id, async (db, collection) =>
        {
            if (await db.CollectionEntries.Where(e => e.CollectionId == id && e.PaperId == paperId).ExecuteDeleteAsync(cancellationToken) > 0)
                Record(db, collection, "remove", $"paper:{paperId}");
            return null;
        }, cancellationToken);

    /// <summary>Sets or, with nothing, removes the note on a paper.</summary>
    public async Task<CollectionOutcome> NoteAsync(long accountId, long id, long paperId, string? note, CancellationToken cancellationToken)
    {
        if (NoteProblem(note) is { } problem)
            return CollectionOutcome.Refused(problem);
        return await ChangeAsync(accountId, id, async (db, collection) =>
        {
            var text = Text(note);
            if (await db.CollectionEntries.Where(e => e.CollectionId == id && e.PaperId == paperId).ExecuteUpdateAsync(set => set.SetProperty(e => e.Note, text), cancellationToken) > 0)
                Record(db, collection, "note", $"paper:{paperId}");
            return null;
        }, cancellationToken);
    }

    /// <summary>Moves a paper some places towards the end, or with a negative number towards the beginning; at most to either.</summary>
    public Task<CollectionOutcome> MoveAsync(long accountId, long id, long paperId, int places, CancellationToken cancellationToken) =>
        ArrangeAsync(accountId, id, order =>
        {
            var from = order.IndexOf(paperId);
            if (from < 0)
                return;
            order.RemoveAt(from);
            order.Insert((int)Math.Clamp((long)from + places, 0, order.Count), paperId);
        }, cancellationToken);

    /// <summary>
    /// Orders the papers as named. Papers that are not named, because they were added meanwhile, follow in the order they had;
    /// named ones that are not in the collection are passed over.
    /// </summary>
    public Task<CollectionOutcome> ArrangeAsync(long accountId, long id, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken) =>
        ArrangeAsync(accountId, id, order =>
        {
            var present = order.ToHashSet();
            var arranged = paperIds.Where(present.Contains).Distinct().ToList();
            arranged.AddRange(order.Except(arranged).ToList());
            order.Clear();
            order.AddRange(arranged);
        }, cancellationToken);

    private Task<CollectionOutcome> ArrangeAsync(long accountId, long id, Action<List<long>> arrange, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, id, async (db, collection) =>
        {
            var entries = await db.CollectionEntries
                .Where(e => e.CollectionId == id)
                .OrderBy(e => e.Position).ThenBy(e => e.AddedAt).ThenBy(e => e.PaperId)
                .ToListAsync(cancellationToken);
            var order = entries.ConvertAll(e => e.PaperId);
            var before = order.ToList();
            arrange(order);
            foreach (var entry in entries)
                entry.Position = order.IndexOf(entry.PaperId) + 1;
            if (!order.SequenceEqual(before))
                Record(db, collection, "arrange", null);
            return null;
        }, cancellationToken);

    /// <param name="accountId">Who changes it.</param>
    /// <param name="id">The collection.</param>
    /// <param name="change">Changes it, or says what is wrong.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    private async Task<CollectionOutcome> ChangeAsync(
        long accountId, long id, Func<PapersDb, Collection, Task<string?>> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Only the owner's collection is touched, and touching it takes the write lock before anything is read.
        var now = time.GetUtcNow();
        var touched = await db.Collections.Where(c => c.Id == id && c.AccountId == accountId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, now), cancellationToken);
        if (touched == 0)
            return CollectionOutcome.Missing;
        var collection = await db.Collections.SingleAsync(c => c.Id == id, cancellationToken);
        var wasPublic = collection.IsPublic;
        if (await change(db, collection) is { } problem)
            return CollectionOutcome.Refused(problem);
        if (wasPublic || collection.IsPublic)
            await db.TakeChangeNumbersAsync(1, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return CollectionOutcome.Of(collection);
    }

    private void Record(PapersDb db, Collection collection, string verb, string? detail)
    {
        if (collection.IsPublic)
            db.Record(collection.AccountId, $"collection.{verb}", Subject(collection), time.GetUtcNow(), detail);
    }

    private static string Subject(Collection collection) => FormattableString.Invariant($"collection:{collection.Id}");

    private static void Describe(Collection collection, CollectionDraft draft)
    {
        collection.Name = draft.Name.Trim();
        collection.Slug = Slugs.Of(draft.Name);
        collection.Description = Text(draft.Description);
        collection.IsPublic = draft.IsPublic;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? NoteProblem(string? note) => note?.Trim().Length > CollectionEntry.LongestNote
        ? T["note has {0} characters; shorten it to {1}.", note.Trim().Length, CollectionEntry.LongestNote]
        : null;
}
