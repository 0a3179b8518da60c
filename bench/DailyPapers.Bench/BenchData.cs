using DailyPapers.Search;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Bench;

/// <summary>The product's services over a data directory.</summary>
internal sealed class BenchData : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private BenchData(DataDirectory directory)
    {
        Directory = directory;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        services.AddDailyPapers(directory, new ConfigurationBuilder().Build());
        _provider = services.BuildServiceProvider();
    }

    public DataDirectory Directory { get; }

    public IServiceProvider Services => _provider;

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public static async Task<BenchData> OpenAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var bench = new BenchData(new DataDirectory(folder.FullName));
        await bench.Get<DatabaseSetup>().RunAsync(cancellationToken);
        return bench;
    }

    /// <summary>Opens a data directory whose index and vectors are complete, to search it.</summary>
    public static async Task<BenchData> OpenCurrentAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var bench = await OpenAsync(folder, cancellationToken);
        await bench.Get<IndexCatchUp>().RunAsync(null, cancellationToken);
        await bench.Get<SemanticIndex>().AdvanceAsync(null, cancellationToken);
        return bench;
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
