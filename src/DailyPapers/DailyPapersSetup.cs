using DailyPapers.Community;
using DailyPapers.Digests;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Search;
using DailyPapers.Search.Embedding;
using DailyPapers.Sources;
using DailyPapers.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DailyPapers;

/// <summary>Registers the product: each capability has its own line and its own file.</summary>
public static class DailyPapersSetup
{
    /// <summary>Adds everything a command or a service needs to work on <paramref name="directory"/>.</summary>
    public static IServiceCollection AddDailyPapers(this IServiceCollection services, DataDirectory directory, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(directory.Keys)).SetApplicationName("DailyPapers");
        services.AddEmbeddedStorage(directory);
        services.AddPapers();
        services.AddEditions(configuration);
        services.AddCommunity(configuration);
        services.AddSources(configuration);
        services.AddSearch();
        services.AddEmbeddingModels(configuration);
        services.AddDigests(configuration);
        services.AddReproductions(configuration);
        return services;
    }
}
