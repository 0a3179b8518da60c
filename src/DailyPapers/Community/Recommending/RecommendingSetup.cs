using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Recommending;

/// <summary>Registers recommendations.</summary>
internal static class RecommendingSetup
{
    public static void AddRecommending(this IServiceCollection services)
    {
        services.AddSingleton<FeatureTable>();
        services.AddSingleton(provider => new Recommendations(
            provider.GetRequiredService<IDbContextFactory<PapersDb>>(), provider.GetRequiredService<FeatureTable>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RecommendingChoices>();
        services.AddSingleton<IPersonalData, RecommendingPersonalData>();
    }
}
