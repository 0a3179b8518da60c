using DailyPapers.Community.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Collections;

/// <summary>Registers collections.</summary>
internal static class CollectionsSetup
{
    public static void AddCollections(this IServiceCollection services)
    {
        services.AddSingleton<CollectionReader>();
        services.AddSingleton<CollectionWriter>();
        services.AddSingleton<IPersonalData, CollectionPersonalData>();
    }
}
