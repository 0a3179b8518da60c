using DailyPapers.Community.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Security;

/// <summary>
/// Where the settings make the site private, every endpoint needs an account that does not say it is for everybody: a new
/// one is closed without anybody thinking of it.
/// </summary>
internal static class PrivateSite
{
    public static void AddPrivateSite(this IServiceCollection services) => services.AddOptions<AuthorizationOptions>()
        .Configure<IOptions<AccountOptions>>((authorization, accounts) =>
        {
            if (accounts.Value.Private)
                authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        });
}
