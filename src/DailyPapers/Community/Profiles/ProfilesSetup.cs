using DailyPapers.Community.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Profiles;

/// <summary>Registers profiles.</summary>
internal static class ProfilesSetup
{
    public static void AddProfiles(this IServiceCollection services)
    {
        services.AddSingleton<ProfileReader>();
        services.AddSingleton<ProfileWriter>();
        services.AddSingleton<IPersonalData, ProfilePersonalData>();
    }
}
