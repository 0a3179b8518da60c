using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DailyPapers.Migrations.Sqlite;

/// <summary>Lets <c>dotnet ef migrations add</c> see the model; see docs/operations.md.</summary>
internal sealed class DesignTimeDatabase : IDesignTimeDbContextFactory<PapersDb>
{
    public PapersDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PapersDb>()
            .UseSqlite("Data Source=design-time.db", sqlite => sqlite.MigrationsAssembly(StorageSetup.SqliteMigrations))
            .Options);
}
