using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Storage;

/// <summary>Copies the embedded database while it is in use, and puts a copy back.</summary>
public sealed class Backup(DataDirectory directory)
{
    /// <summary>Writes a consistent copy of the running database to <paramref name="file"/> and checks the copy.</summary>
    /// <exception cref="BackupException">The file exists, cannot be written, or the copy is not whole.</exception>
    public async Task CreateAsync(string file, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(file);
        if (File.Exists(target))
            throw new BackupException($"'{target}' exists; name a new file, a backup is never overwritten.");
        if (!File.Exists(directory.DatabaseFile))
            throw new BackupException($"There is no database in '{directory.Root}'; name its folder with --data.");
        var partial = $"{target}.{Guid.NewGuid():N}.partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await CopyAsync(directory.DatabaseFile, partial, cancellationToken);
            Verify(partial, target);
            File.Move(partial, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new BackupException($"The backup '{target}' could not be written: {exception.Message}", exception);
        }
        finally
        {
            DeleteWithJournal(partial);
        }
    }

    /// <summary>
    /// Replaces the content of the database with that of a backup, also while a service runs: readers see the old content
    /// or the new, never a mixture. The restored database starts a new lineage, so that every index is built anew.
    /// </summary>
    /// <exception cref="BackupException">The file is absent or not a whole Daily Papers database.</exception>
    public async Task RestoreAsync(string file, CancellationToken cancellationToken)
    {
        var source = Path.GetFullPath(file);
        if (!File.Exists(source))
            throw new BackupException($"'{source}' does not exist.");
        var staged = Path.Combine(directory.Root, $"restore.{Guid.NewGuid():N}.partial");
        try
        {
            File.Copy(source, staged);
            Verify(staged, source);
            await StartNewLineageAsync(staged, cancellationToken);
            await CopyAsync(staged, directory.DatabaseFile, cancellationToken);
            Verify(directory.DatabaseFile, directory.DatabaseFile);
        }
        catch (SqliteException exception)
        {
            throw new BackupException($"'{source}' could not be restored: {exception.Message} The database is as it was.", exception);
        }
        finally
        {
            DeleteWithJournal(staged);
        }
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = new SqliteConnection(ConnectionTo(from));
        await using var target = new SqliteConnection(ConnectionTo(to));
        await source.OpenAsync(cancellationToken);
        await target.OpenAsync(cancellationToken);
        source.BackupDatabase(target);
    }

    private static void Verify(string file, string name)
    {
        using var connection = new SqliteConnection(ConnectionTo(file));
        try
        {
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            if (check.ExecuteScalar() is not "ok")
                throw new BackupException($"'{name}' is damaged: SQLite's integrity check failed.");
            check.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('Papers','Editions','ChangeCounter')";
            if (check.ExecuteScalar() is not 3L)
                throw new BackupException($"'{name}' is an SQLite database, but not one of Daily Papers.");
        }
        catch (SqliteException exception)
        {
            throw new BackupException($"'{name}' is not a readable SQLite database: {exception.Message}", exception);
        }
    }

    private static async Task StartNewLineageAsync(string file, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<PapersDb>();
        options.UseSqlite(ConnectionTo(file), sqlite => sqlite.MigrationsAssembly(StorageSetup.SqliteMigrations))
            .AddInterceptors(new SqliteSha256());
        await using var db = new PapersDb(options.Options);
        await db.Database.MigrateAsync(cancellationToken);
        await db.ChangeCounters.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Lineage, Guid.NewGuid().ToString("N")), cancellationToken);
    }

    private static void DeleteWithJournal(string file)
    {
        foreach (var path in (string[])[file, file + "-wal", file + "-shm", file + "-journal"])
            File.Delete(path);
    }

    private static string ConnectionTo(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ConnectionString;
}
