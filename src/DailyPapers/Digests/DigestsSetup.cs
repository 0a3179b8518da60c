using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Digests;

/// <summary>Registers this capability.</summary>
public static class DigestsSetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddDigests(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }
}
