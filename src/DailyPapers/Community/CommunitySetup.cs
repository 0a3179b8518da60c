using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Links;
using DailyPapers.Community.Accounts.Mail;
using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Community.Invitations;
using DailyPapers.Community.Auditing;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Comments.Rendering;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Moderation.Bans;
using DailyPapers.Community.Moderation.Filters;
using DailyPapers.Community.Moderation.Reports;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Notifications.Mail;
using DailyPapers.Community.Reactions;
using DailyPapers.Community.Scoring;
using DailyPapers.Community.Submissions;
using DailyPapers.Community.Upvotes;
using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
        services.AddSingleton<ITrustEvidence, UpvoteEvidence>();
        services.AddAccounts(configuration);
        return services;
    }

    private static void AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountOptions>().Bind(configuration.GetSection(AccountOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsRules>();
        services.AddSingleton<AccountSessions>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<AccountMails>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<AccountNames>();
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
        services.AddSingleton<PersonalDataExport>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<TrustReview>();
        services.AddSingleton<Inviting>();
        services.AddSingleton<Authenticator>();
        services.AddScoped<NewPassword>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<Registering>();
        services.AddScoped<AddressChange>();
        services.AddSingleton<IPersonalData, AccountPersonalData>();
        services.AddSingleton<IPersonalData, SessionPersonalData>();
        services.AddSingleton<IPersonalData, AccountLinkPersonalData>();
        services.AddSingleton<IPersonalData, InvitationPersonalData>();
        services.AddSingleton<Handles>();
        services.AddSingleton<AuditLog>();
        services.AddComments();
        services.AddModeration(configuration);
        services.AddNotifications();
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
            .AddPasswordValidator<PasswordStrength>()
            .AddEntityFrameworkStores<PapersDb>()
            .AddUserStore<AccountStore>();
        return services;
    }

    private static void AddComments(this IServiceCollection services)
    {
        services.AddSingleton<CommentHtml>();
        services.AddSingleton<CommentReader>();
        services.AddSingleton<Commenting>();
        services.AddSingleton<IPersonalData, CommentPersonalData>();
        services.AddSingleton<Reacting>();
        services.AddSingleton<IPersonalData, ReactionPersonalData>();
    }

    private static void AddModeration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModerationOptions>()
            .Bind(configuration.GetSection(ModerationOptions.Section))
            .Validate(options => options.HoldAccountsYoungerThan >= TimeSpan.Zero, "The setting Moderation:HoldAccountsYoungerThan must not be negative; 00:00:00 holds nothing.")
            .ValidateOnStart();
        services.AddSingleton<WordFilters>();
        services.AddSingleton<Reporting>();
        services.AddSingleton<IPersonalData, ReportPersonalData>();
        services.AddSingleton<CommentModeration>();
        services.AddSingleton<ModerationQueue>();
        services.AddSingleton<Banning>();
    }

    private static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NotificationInbox>();
        services.AddSingleton<NotificationPreferences>();
        services.AddSingleton<IPersonalData, NotificationPersonalData>();
        services.AddSingleton<NotificationMailer>();
        services.AddSingleton<NotificationMailSchedule>();
    }
}
