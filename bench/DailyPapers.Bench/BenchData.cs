using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Bench;

/// <summary>The product's services over a data directory, a temporary one unless the caller names one.</summary>
internal sealed class BenchData : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly bool _isTemporary;

    private BenchData(DataDirectory directory, bool isTemporary)
    {
        Directory = directory;
        _isTemporary = isTemporary;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        services.AddDailyPapers(directory, new ConfigurationBuilder().Build());
        _provider = services.BuildServiceProvider();
    }

    public DataDirectory Directory { get; }

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public static async Task<BenchData> OpenAsync(DirectoryInfo? folder, CancellationToken cancellationToken)
    {
        var root = folder?.FullName ?? Path.Combine(Path.GetTempPath(), "papers-bench-" + Guid.NewGuid().ToString("N"));
        var bench = new BenchData(new DataDirectory(root), isTemporary: folder is null);
        await bench.Get<DatabaseSetup>().RunAsync(cancellationToken);
        return bench;
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_isTemporary)
            System.IO.Directory.Delete(Directory.Root, recursive: true);
    }
}
