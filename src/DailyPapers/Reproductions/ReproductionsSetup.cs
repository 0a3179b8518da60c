using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Reproductions;

/// <summary>Registers this capability.</summary>
public static class ReproductionsSetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddReproductions(this IServiceCollection services)
    {
        services.AddSingleton<ReproductionLibrary>();
        services.AddSingleton<ShippedReproductions>();
        return services;
    }
}
