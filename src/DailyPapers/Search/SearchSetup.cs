using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Search;

/// <summary>Registers this capability.</summary>
public static class SearchSetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        return services;
    }
}
