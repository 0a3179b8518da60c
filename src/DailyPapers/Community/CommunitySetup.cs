using DailyPapers.Community.Accounts;
using DailyPapers.Community.Authorship;
using DailyPapers.Community.Collections;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Following;
using DailyPapers.Community.Invitations;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.PrivateFeeds;
using DailyPapers.Community.Profiles;
using DailyPapers.Community.Reading;
using DailyPapers.Community.Recommending;
using DailyPapers.Community.Scoring;
using DailyPapers.Community.Submissions;
using DailyPapers.Community.Upvotes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community;

/// <summary>Registers this capability: a table of contents.</summary>
public static class CommunitySetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddCommunity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAccounts(configuration);
        services.AddInvitations();
        services.AddUpvotes();
        services.AddScoring();
        services.AddSubmissions(configuration);
        services.AddComments();
        services.AddModeration(configuration);
        services.AddNotifications();
        services.AddCollections();
        services.AddReading();
        services.AddFollowing();
        services.AddPrivateFeeds();
        services.AddRecommending();
        services.AddProfiles();
        services.AddAuthorship();
        return services;
    }
}
