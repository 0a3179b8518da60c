using DailyPapers.Community.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Authorship;

/// <summary>Registers claims of authorship.</summary>
internal static class AuthorshipSetup
{
    public static void AddAuthorship(this IServiceCollection services)
    {
        services.AddSingleton<AuthorshipClaims>();
        services.AddSingleton<IPersonalData, AuthorshipPersonalData>();
    }
}
