using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Papers;

/// <summary>Registers this capability.</summary>
public static class PapersSetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddPapers(this IServiceCollection services)
    {
        services.AddSingleton<PaperIntake>();
        services.AddSingleton<PaperReader>();
        return services;
    }
}
