using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Sources;

/// <summary>Registers this capability.</summary>
public static class SourcesSetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }
}
