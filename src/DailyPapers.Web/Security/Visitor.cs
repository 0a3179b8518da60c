using System.Globalization;
using System.Security.Claims;
using DailyPapers.Community.Accounts;

namespace DailyPapers.Web.Security;

/// <summary>Who sends a request.</summary>
internal static class Visitor
{
    /// <summary>The account's id, or null for an anonymous visitor.</summary>
    public static long? AccountId(this HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether the visitor arranges editions.</summary>
    public static bool IsCurator(this HttpContext context) =>
        context.User.IsInRole(nameof(AccountRole.Curator)) || context.User.IsInRole(nameof(AccountRole.Administrator));

    /// <summary>The account's display name, or null for an anonymous visitor.</summary>
    public static string? DisplayName(this HttpContext context) => context.User.FindFirstValue(AccountPrincipal.DisplayName);
}
