using DailyPapers.Editions.Starter;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Editions;

/// <summary>Registers this capability.</summary>
public static class EditionsSetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddEditions(this IServiceCollection services)
    {
        services.AddSingleton<SiteCalendar>();
        services.AddSingleton<EditionReader>();
        services.AddSingleton<EditionWriter>();
        services.AddSingleton<Trending>();
        services.AddSingleton<StarterCollection>();
        return services;
    }
}
