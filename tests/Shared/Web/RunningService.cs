using DailyPapers.Storage;
using DailyPapers.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.TestSupport;

/// <summary>The real web service on a free port of this machine, over a data directory that is deleted at the end.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _deletes;

    private RunningService(WebApplication app, DataDirectory directory, bool deletes) => (_app, Directory, _deletes) = (app, directory, deletes);

    public DataDirectory Directory { get; }

    public Uri Address { get; private set; } = null!;

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Starts the service as <c>papers serve</c> does; with <paramref name="root"/> on a directory that outlives it.</summary>
    public static async Task<RunningService> StartAsync(
        Action<IServiceCollection>? configure = null, string? root = null, IEnumerable<KeyValuePair<string, string?>>? settings = null)
    {
        var directory = new DataDirectory(root ?? Path.Combine(Path.GetTempPath(), "papers-test-" + Guid.NewGuid().ToString("N")));
        var app = PapersService.Build(
            directory,
            [new("Urls", "http://127.0.0.1:0"), new("Logging:LogLevel:Default", "Error"), new("Logging:LogLevel:Microsoft", "Error"), new("Lab:Works", "false"), .. settings ?? []],
            configure);
        var service = new RunningService(app, directory, deletes: root is null);
        await PapersService.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
        service.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_deletes)
            System.IO.Directory.Delete(Directory.Root, recursive: true);
    }
}
