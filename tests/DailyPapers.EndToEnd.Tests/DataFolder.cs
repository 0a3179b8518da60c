using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.EndToEnd.Tests;

/// <summary>A data directory that processes of a test share.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("papers-e2e-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Asks the database, from this process, while others use it.</summary>
    public async Task<T> AskAsync<T>(Func<PapersDb, Task<T>> question)
    {
        await using var papers = await TemporaryPapers.CreateAsync(root: Path);
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await question(db);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
