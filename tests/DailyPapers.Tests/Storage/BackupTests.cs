using DailyPapers.Editions.Starter;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Storage;

public sealed class BackupTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("papers-backup-").FullName;

    private string File => Path.Combine(_folder, "copy.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_taken_while_papers_are_written_is_whole_and_restores_what_it_saw()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await StoreAsync(papers, 0, 200);
        var writing = Task.Run(() => StoreAsync(papers, 200, 600), Token);
        await papers.Get<Backup>().CreateAsync(File, Token);
        await writing;

        await using var restored = await TemporaryPapers.CreateAsync();
        await restored.Get<Backup>().RestoreAsync(File, Token);
        await using var db = await restored.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        var count = await db.Papers.CountAsync(Token);
        // Batches are transactions: the copy has whole ones only.
        Assert.InRange(count, 200, 800);
        Assert.Equal(0, count % 50);
        Assert.Equal(count, await db.Papers.Select(p => p.ChangeSequence).Distinct().CountAsync(Token));
    }

    [Fact]
    public async Task Restoring_replaces_everything_and_begins_a_new_lineage()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await StoreAsync(papers, 0, 50);
        await papers.Get<Backup>().CreateAsync(File, Token);
        var before = await papers.Get<ContentChanges>().NoticeAsync(Token);
        await papers.Get<StarterCollection>().LoadAsync(Token);
        await papers.Get<Backup>().RestoreAsync(File, Token);

        var after = await papers.Get<ContentChanges>().NoticeAsync(Token);
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        Assert.Equal(50, await db.Papers.CountAsync(Token));
        Assert.NotEqual(before.Lineage, after.Lineage);
        Assert.Equal(before.Number, after.Number);
    }

    [Fact]
    public async Task An_existing_file_is_never_overwritten()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await System.IO.File.WriteAllTextAsync(File, "precious", Token);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => papers.Get<Backup>().CreateAsync(File, Token));
        Assert.Contains("exists", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(File, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(20_000)]
    public async Task A_truncated_backup_is_refused_and_the_database_stays(int length)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await StoreAsync(papers, 0, 100);
        await papers.Get<Backup>().CreateAsync(File, Token);
        await using (var stream = System.IO.File.OpenWrite(File))
            stream.SetLength(length);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => papers.Get<Backup>().RestoreAsync(File, Token));
        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);

        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        Assert.Equal(100, await db.Papers.CountAsync(Token));
        Assert.Empty(Directory.GetFiles(papers.Directory.Root, "*.partial*"));
    }

    private static async Task StoreAsync(TemporaryPapers papers, int first, int count)
    {
        foreach (var batch in Enumerable.Range(first, count).Chunk(50))
        {
            await papers.Get<PaperIntake>().StoreAsync(
                batch.Select(i => new PaperRecord { Source = "jsonl", Title = $"Paper {i}", Abstract = new string('x', 500) }).ToList(), cancellationToken: Token);
        }
    }
}
