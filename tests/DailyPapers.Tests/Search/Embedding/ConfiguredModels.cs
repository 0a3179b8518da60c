using DailyPapers.Search.Embedding;
using DailyPapers.Storage;
using DailyPapers.Tests.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Search.Embedding;

/// <summary>The embedding models under settings of the section <c>Search:Embedding</c>, with a clock that jumps over pauses between retries.</summary>
internal sealed class ConfiguredModels : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public ConfiguredModels(IEmbeddingKind? further, params IEnumerable<(string Name, string? Value)> settings)
    {
        Directory = new DataDirectory(Path.Combine(Path.GetTempPath(), "papers-test-" + Guid.NewGuid().ToString("N")));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(Directory);
        services.AddLogging();
        services.AddEmbeddingModels(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Search:Embedding:{setting.Name}", setting.Value)))
            .Build());
        if (further is not null)
            services.AddSingleton(further);
        _provider = services.BuildServiceProvider();
    }

    public ConfiguredModels(params IEnumerable<(string Name, string? Value)> settings) : this(null, settings)
    {
    }

    public JumpingTime Time { get; } = new();

    public DataDirectory Directory { get; }

    public EmbeddingModels Models => Get<EmbeddingModels>();

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public async Task<EmbeddingModel> OpenAsync() =>
        await Models.OpenAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No model is configured.");

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        System.IO.Directory.Delete(Directory.Root, recursive: true);
    }
}
