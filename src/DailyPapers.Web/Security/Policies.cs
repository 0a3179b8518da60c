using DailyPapers.Community.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace DailyPapers.Web.Security;

/// <summary>What an endpoint may demand of who calls it, beyond being signed in.</summary>
internal static class Policies
{
    /// <summary>Arranges editions and moderates.</summary>
    public const string Curator = "curator";

    /// <summary>Runs the site.</summary>
    public const string Administrator = "administrator";

    public static void AddRolePolicies(this AuthorizationBuilder builder) => builder
        .AddPolicy(Curator, policy => policy.RequireRole(nameof(AccountRole.Curator), nameof(AccountRole.Administrator)))
        .AddPolicy(Administrator, policy => policy.RequireRole(nameof(AccountRole.Administrator)));
}
