using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DailyPapers.TestSupport;

/// <summary>The product's services over a data directory of their own, which is deleted at the end.</summary>
internal sealed class TemporaryPapers : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly bool _deletes;

    private TemporaryPapers(string root, IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? configure, bool deletes)
    {
        Directory = new DataDirectory(root);
        _deletes = deletes;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddDailyPapers(Directory, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        configure?.Invoke(services);
        _provider = services.BuildServiceProvider();
    }

    /// <summary>Stands at noon UTC on 14 August 2025 until a test moves it.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 8, 14, 12, 0, 0, TimeSpan.Zero));

    public DataDirectory Directory { get; }

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public static async Task<TemporaryPapers> CreateAsync(
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<IServiceCollection>? configure = null,
        string? root = null)
    {
        var papers = new TemporaryPapers(
            root ?? Path.Combine(Path.GetTempPath(), "papers-test-" + Guid.NewGuid().ToString("N")), settings ?? [], configure, deletes: root is null);
        await papers.Get<DatabaseSetup>().RunAsync(CancellationToken.None);
        return papers;
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_deletes)
            System.IO.Directory.Delete(Directory.Root, recursive: true);
    }
}
