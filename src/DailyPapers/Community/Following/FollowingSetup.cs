using DailyPapers.Community.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Following;

/// <summary>Registers what people follow.</summary>
internal static class FollowingSetup
{
    public static void AddFollowing(this IServiceCollection services)
    {
        services.AddSingleton<Follows>();
        services.AddSingleton<FollowedPapers>();
        services.AddSingleton<FollowerNotices>();
        services.AddSingleton<IPersonalData, FollowingPersonalData>();
    }
}
