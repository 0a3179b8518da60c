using DailyPapers.Community.Accounts;
using DailyPapers.Community.Scoring;
using DailyPapers.Community.Submissions;
using DailyPapers.Community.Upvotes;
using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community;

/// <summary>Registers this capability.</summary>
public static class CommunitySetup
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddCommunity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Upvoting>();
        services.AddSingleton<IScoreEvents, UpvoteEvents>();
        services.AddSingleton<IPersonalData, UpvotePersonalData>();
        services.AddOptions<SubmissionOptions>().Bind(configuration.GetSection("Submissions"))
            .Validate(options => options.PerDay > 0, "Submissions:PerDay must be at least 1.")
            .Validate(options => options.FetchTimeout > TimeSpan.Zero && options.FetchTimeout <= TimeSpan.FromMinutes(2), "Submissions:FetchTimeout must be a time of at most two minutes, such as 00:00:20.")
            .ValidateOnStart();
        services.AddSingleton<Submitting>();
        services.AddSingleton<SubmissionDecisions>();
        services.AddSingleton<IScoreEvents, SubmissionEvents>();
        services.AddSingleton<IPersonalData, SubmissionPersonalData>();
        services.AddSingleton<PaperScoring>();
        services.AddSingleton<ScoreCatchUp>();
        services.AddSingleton<NoveltyMeasuring>();
        services.AddSingleton<AccountRemoval>();
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
