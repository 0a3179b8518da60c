using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Storage;

public class SchemaTests
{
    [Fact]
    public async Task The_migrations_match_the_model()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changes without a migration; see CONTRIBUTING.md.");
    }

    [Fact]
    public async Task Preparing_a_database_again_or_from_two_processes_at_once_changes_nothing()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var before = await papers.Get<ContentChanges>().NoticeAsync(TestContext.Current.CancellationToken);
        await using var other = await TemporaryPapers.CreateAsync(root: papers.Directory.Root);
        await Task.WhenAll(
            papers.Get<DatabaseSetup>().RunAsync(TestContext.Current.CancellationToken),
            other.Get<DatabaseSetup>().RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, await other.Get<ContentChanges>().NoticeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Connections_enforce_foreign_keys_and_write_ahead()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Database.SqlQueryRaw<int>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync(TestContext.Current.CancellationToken));
        db.EditionEntries.Add(new() { EditionId = 1, PaperId = 1 });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
    }
}
