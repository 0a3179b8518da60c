using DailyPapers.Community.Accounts;
using DailyPapers.Reproductions.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Security;

/// <summary>What an endpoint may demand of who calls it, beyond being signed in.</summary>
internal static class Policies
{
    /// <summary>Arranges editions and moderates.</summary>
    public const string Curator = "curator";

    /// <summary>Runs the site.</summary>
    public const string Administrator = "administrator";

    /// <summary>Lets the service run papers: by the setting <c>Lab:RunsFrom</c>.</summary>
    public const string RunsPapers = "runs-papers";

    public static void AddRolePolicies(this AuthorizationBuilder builder) => builder
        .AddPolicy(Curator, policy => policy.RequireRole(nameof(AccountRole.Curator), nameof(AccountRole.Administrator)))
        .AddPolicy(Administrator, policy => policy.RequireRole(nameof(AccountRole.Administrator)))
        .AddPolicy(RunsPapers, policy => policy.RequireAuthenticatedUser().RequireAssertion(call => call.Resource is HttpContext context && MayRunPapers(context)));

    /// <summary>Whether the visitor may let the service run papers.</summary>
    public static bool MayRunPapers(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<LabOptions>>().Value.RunsFrom switch
        {
            AccountRole.Reader => context.AccountId() is not null,
            AccountRole.Curator => context.IsCurator(),
            _ => context.IsAdministrator(),
        };
}
