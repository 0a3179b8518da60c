using DailyPapers.Community.Accounts;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Loading;
using DailyPapers.Search.Saving;
using DailyPapers.Search.Semantic;
using DailyPapers.Search.Suggesting;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Search;

/// <summary>Registers this capability.</summary>
public static class SearchSetup
{
    /// <summary>Adds the search, and the hosted service that keeps its index current.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<PaperIndex>();
        services.AddSingleton<SemanticIndex>();
        services.AddSingleton(_ => new PaperCache());
        services.AddSingleton(provider => new PaperSearch(
            provider.GetRequiredService<PaperIndex>(),
            provider.GetRequiredService<SemanticIndex>(),
            provider.GetRequiredService<PaperCache>(),
            provider.GetRequiredService<IDbContextFactory<PapersDb>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PaperSearch>>()));
        services.AddSingleton(provider => new IndexCatchUp(
            provider.GetRequiredService<PaperIndex>(),
            provider.GetRequiredService<IDbContextFactory<PapersDb>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<IndexCatchUp>>()));
        services.AddSingleton(provider => new PaperSuggestions(
            provider.GetRequiredService<PaperIndex>(), provider.GetRequiredService<PaperCache>(), provider.GetRequiredService<IDbContextFactory<PapersDb>>()));
        services.AddSingleton<SavedSearches>();
        services.AddSingleton<IPersonalData, SavedSearchPersonalData>();
        services.AddSingleton<IndexFollower>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<IndexFollower>());
        services.AddHostedService<SemanticFollower>();
        return services;
    }
}
