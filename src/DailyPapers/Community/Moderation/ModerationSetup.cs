using DailyPapers.Community.Accounts;
using DailyPapers.Community.Auditing;
using DailyPapers.Community.Moderation.Bans;
using DailyPapers.Community.Moderation.Filters;
using DailyPapers.Community.Moderation.Reports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Moderation;

/// <summary>Registers moderation.</summary>
internal static class ModerationSetup
{
    public static void AddModeration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AuditLog>();
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
}
