using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Storage;

/// <summary>Brings a database to the current schema; safe to run at every start and from several processes.</summary>
public sealed class DatabaseSetup(IDbContextFactory<PapersDb> contexts)
{
    /// <summary>Applies missing migrations, switches SQLite to write-ahead logging and makes the change counter.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            await db.Database.MigrateAsync(cancellationToken);
        if (db.Database.IsSqlite())
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        await EnsureCounterAsync(db, cancellationToken);
    }

    private static async Task EnsureCounterAsync(PapersDb db, CancellationToken cancellationToken)
    {
        if (await db.ChangeCounters.AnyAsync(cancellationToken))
            return;
        db.ChangeCounters.Add(new ChangeCounter { Lineage = Guid.NewGuid().ToString("N") });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another process made the row between the question and the write.
            db.ChangeTracker.Clear();
            if (!await db.ChangeCounters.AnyAsync(cancellationToken))
                throw;
        }
    }
}
