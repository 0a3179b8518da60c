using DailyPapers.Community.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.PrivateFeeds;

/// <summary>Registers feeds that only their person reads.</summary>
internal static class PrivateFeedsSetup
{
    public static void AddPrivateFeeds(this IServiceCollection services)
    {
        services.AddSingleton<FeedSecrets>();
        services.AddSingleton<IPersonalData, FeedSecretPersonalData>();
    }
}
