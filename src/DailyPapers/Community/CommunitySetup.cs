using DailyPapers.Community.Accounts;
using DailyPapers.Community.Authorship;
using DailyPapers.Community.Collections;
using DailyPapers.Community.Following;
using DailyPapers.Community.Profiles;
using DailyPapers.Community.Reading;
using DailyPapers.Community.Recommending;
using DailyPapers.Community.Upvotes;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community;

/// <summary>Registers this capability.</summary>
public static class CommunitySetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddCommunity(this IServiceCollection services)
    {
        services.AddSingleton<Upvoting>();
        services.AddSingleton<IPersonalData, UpvotePersonalData>();
        services.AddSingleton<AccountRemoval>();
        services.AddSingleton<CollectionReader>();
        services.AddSingleton<CollectionWriter>();
        services.AddSingleton<IPersonalData, CollectionPersonalData>();
        services.AddSingleton<ReadingList>();
        services.AddSingleton<IPersonalData, ReadingPersonalData>();
        services.AddSingleton<Follows>();
        services.AddSingleton<FollowedPapers>();
        services.AddSingleton<FeedTokens>();
        services.AddSingleton<IPersonalData, FollowingPersonalData>();
        services.AddSingleton<FeatureTable>();
        services.AddSingleton(provider => new Recommendations(
            provider.GetRequiredService<IDbContextFactory<PapersDb>>(), provider.GetRequiredService<FeatureTable>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RecommendingChoices>();
        services.AddSingleton<IPersonalData, RecommendingPersonalData>();
        services.AddSingleton<ProfileReader>();
        services.AddSingleton<ProfileWriter>();
        services.AddSingleton<IPersonalData, ProfilePersonalData>();
        services.AddSingleton<AuthorshipClaims>();
        services.AddSingleton<IPersonalData, AuthorshipPersonalData>();
        services.AddIdentityCore<Account>(options =>
            {
                options.User.RequireUniqueEmail = true;
                // The address is the user name, and addresses have apostrophes and letters of every script.
                options.User.AllowedUserNameCharacters = "";
                // Length is what makes a password strong; rules about kinds of characters make people write them down.
                options.Password.RequiredLength = 10;
                options.Password.RequiredUniqueChars = 5;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 8;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            })
            .AddEntityFrameworkStores<PapersDb>();
        return services;
    }
}
