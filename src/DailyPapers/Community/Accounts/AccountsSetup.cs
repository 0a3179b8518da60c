using DailyPapers.Community.Accounts.Links;
using DailyPapers.Community.Accounts.Mail;
using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts;

/// <summary>Registers accounts.</summary>
internal static class AccountsSetup
{
    public static void AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountOptions>().Bind(configuration.GetSection(AccountOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsRules>();
        services.AddSingleton<AccountSessions>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<AccountMails>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<AccountNames>();
        services.AddSingleton<AccountLanguage>();
        services.AddSingleton<AccountRemoval>();
        services.AddSingleton<PersonalDataExport>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<TrustReview>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<Handles>();
        services.AddSingleton<PasswordStrength>();
        services.AddScoped<NewPassword>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<Registering>();
        services.AddScoped<AddressChange>();
        services.AddSingleton<IPersonalData, AccountPersonalData>();
        services.AddSingleton<IPersonalData, SessionPersonalData>();
        services.AddSingleton<IPersonalData, AccountLinkPersonalData>();
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
            .AddEntityFrameworkStores<PapersDb>()
            .AddUserStore<AccountStore>()
            .AddErrorDescriber<IdentityProblems>();
        // After the rule of length: what is too short is told first.
        services.AddScoped<IPasswordValidator<Account>>(provider => provider.GetRequiredService<PasswordStrength>());
    }
}
