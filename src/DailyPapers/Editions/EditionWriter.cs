using DailyPapers.Community.Auditing;
using DailyPapers.Community.Following;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Scoring;
using DailyPapers.Community.Submissions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions;

/// <summary>Writes editions, and tells those who follow something of a new paper, or submitted it, in the same transaction.</summary>
public sealed class EditionWriter(IDbContextFactory<PapersDb> contexts, PaperScoring scoring, FollowerNotices followers, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <summary>Makes the edition of <paramref name="date"/> consist of these papers in this order: by whoever runs the site, from the command line.</summary>
    public async Task ReplaceAsync(DateOnly date, IReadOnlyList<long> paperIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await ReplaceAsync(db, date, paperIds, cancellationToken);
        db.Record(actorId: null, "edition.set", $"edition:{date:yyyy-MM-dd}", time.GetUtcNow(), $"{paperIds.Distinct().Count()} papers");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Makes the edition of <paramref name="date"/> consist of these papers in this order, inside the transaction of <paramref name="db"/>.</summary>
    public async Task ReplaceAsync(PapersDb db, DateOnly date, IReadOnlyList<long> paperIds, CancellationToken cancellationToken)
    {
        var edition = await OfAsync(db, date, cancellationToken);
        var wanted = paperIds.Distinct().ToList();
        var dropped = edition.Entries.Where(entry => !wanted.Contains(entry.PaperId)).ToList();
        db.RemoveRange(dropped);
        var added = wanted.Where(id => edition.Entries.TrueForAll(entry => entry.PaperId != id)).ToList();
        for (var position = 0; position < wanted.Count; position++)
        {
            if (edition.Entries.Find(entry => entry.PaperId == wanted[position]) is { } entry)
                entry.Position = position;
            else
                edition.Entries.Add(new EditionEntry { PaperId = wanted[position], Position = position });
        }
        await db.SaveChangesAsync(cancellationToken);
        await AcceptSubmissionsAsync(db, date, wanted, cancellationToken);
        await followers.TellAsync(db, date, added, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await scoring.RefreshAsync(db, [.. wanted, .. dropped.Select(entry => entry.PaperId)], cancellationToken);
    }

    /// <summary>
    /// Adds papers at the end of the edition of <paramref name="date"/>, making it if there is none; papers already in it
    /// keep their place. Happens inside the transaction of <paramref name="db"/>.
    /// </summary>
    public async Task AppendAsync(PapersDb db, DateOnly date, IEnumerable<long> paperIds, CancellationToken cancellationToken)
    {
        var edition = await OfAsync(db, date, cancellationToken);
        var next = edition.Entries.Select(entry => entry.Position + 1).DefaultIfEmpty(0).Max();
        var added = paperIds.Distinct().Where(id => edition.Entries.TrueForAll(entry => entry.PaperId != id)).ToList();
        foreach (var id in added)
            edition.Entries.Add(new EditionEntry { PaperId = id, Position = next++ });
        // Intake turns the detection off for its own many papers.
        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(cancellationToken);
        await AcceptSubmissionsAsync(db, date, added, cancellationToken);
        await followers.TellAsync(db, date, added, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await scoring.RefreshAsync(db, added, cancellationToken);
    }

    private async Task AcceptSubmissionsAsync(PapersDb db, DateOnly date, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        foreach (var batch in paperIds.Chunk(BatchSize))
        {
            var accepted = db.Submissions.Where(s => EF.Parameter(batch).Contains(s.PaperId) && s.State != SubmissionState.Accepted);
            foreach (var own in await accepted.AsNoTracking().Where(s => s.AccountId != null).ToListAsync(cancellationToken))
            {
                await db.NotifyAsync(
                    new(own.AccountId!.Value, NotificationKind.Moderation, time.GetUtcNow())
                    {
                        PaperId = own.PaperId,
                        Decision = Decision.InEdition,
                        Names = [NotificationSentence.NameOf(date)],
                    },
                    cancellationToken);
            }
            await accepted.ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SubmissionState.Accepted).SetProperty(s => s.Reason, (string?)null), cancellationToken);
        }
    }

    private async Task<Edition> OfAsync(PapersDb db, DateOnly date, CancellationToken cancellationToken)
    {
        var edition = await db.Editions.Include(e => e.Entries).SingleOrDefaultAsync(e => e.Date == date, cancellationToken);
        if (edition is null)
            db.Editions.Add(edition = new Edition { Date = date, PublishedAt = time.GetUtcNow() });
        return edition;
    }
}
