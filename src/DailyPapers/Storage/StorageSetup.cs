using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Storage;

/// <summary>Registers the embedded storage.</summary>
public static class StorageSetup
{
    /// <summary>The assembly with the SQLite migrations.</summary>
    public const string SqliteMigrations = "DailyPapers.Migrations.Sqlite";

    /// <summary>Adds SQLite in <paramref name="directory"/>, contexts by <see cref="IDbContextFactory{TContext}"/>.</summary>
    public static IServiceCollection AddEmbeddedStorage(this IServiceCollection services, DataDirectory directory)
    {
        services.AddSingleton(directory);
        var queue = new WriteQueue();
        services.AddPooledDbContextFactory<PapersDb>(options => UseEmbeddedStorage(options, directory.DatabaseFile, queue));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<PapersDb>>().CreateDbContext());
        services.AddSingleton<DatabaseSetup>();
        services.AddSingleton<ContentChanges>();
        services.AddSingleton<Backup>();
        return services;
    }

    internal static void UseEmbeddedStorage(DbContextOptionsBuilder options, string file, WriteQueue? queue = null)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 };
        options.UseSqlite(connection.ConnectionString, sqlite => sqlite.MigrationsAssembly(SqliteMigrations))
            .AddInterceptors(new SqliteSession(), new SqliteSha256(), queue ?? new WriteQueue());
    }
}
