using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Community.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Upvotes;

/// <summary>Registers upvotes.</summary>
internal static class UpvotesSetup
{
    public static void AddUpvotes(this IServiceCollection services)
    {
        services.AddSingleton<Upvoting>();
        services.AddSingleton<IScoreEvents, UpvoteEvents>();
        services.AddSingleton<ITrustEvidence, UpvoteEvidence>();
        services.AddSingleton<IPersonalData, UpvotePersonalData>();
    }
}
