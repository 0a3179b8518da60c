using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DailyPapers.Storage;

/// <summary>Sets on every opened connection what SQLite keeps per connection.</summary>
internal sealed class SqliteSession : DbConnectionInterceptor
{
    // FULL: a digest that was recorded as sent must stay recorded when the power fails, or it would be sent twice.
    private const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA cache_size=-4000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    private static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
