using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Community.Scoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Submissions;

/// <summary>Registers submissions.</summary>
internal static class SubmissionsSetup
{
    public static void AddSubmissions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SubmissionOptions>().Bind(configuration.GetSection("Submissions"))
            .Validate(options => options.PerDay > 0, "Submissions:PerDay must be at least 1.")
            .Validate(options => options.FetchTimeout > TimeSpan.Zero && options.FetchTimeout <= TimeSpan.FromMinutes(2), "Submissions:FetchTimeout must be a time of at most two minutes, such as 00:00:20.")
            .ValidateOnStart();
        services.AddSingleton<Submitting>();
        services.AddSingleton<SubmissionDecisions>();
        services.AddSingleton<IScoreEvents, SubmissionEvents>();
        services.AddSingleton<IPersonalData, SubmissionPersonalData>();
        services.AddSingleton<ITrustEvidence, SubmissionEvidence>();
    }
}
