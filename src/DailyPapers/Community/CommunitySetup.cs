using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community;

/// <summary>Registers this capability.</summary>
public static class CommunitySetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddCommunity(this IServiceCollection services)
    {
        services.AddSingleton<Upvoting>();
        return services;
    }
}
