using System.Globalization;
using System.Security.Claims;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Sessions;

namespace DailyPapers.Web.Security;

/// <summary>Who sends a request.</summary>
internal static class Visitor
{
    /// <summary>The account's id, or null for an anonymous visitor.</summary>
    public static long? AccountId(this HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether the visitor arranges editions and moderates.</summary>
    public static bool IsCurator(this HttpContext context) =>
        context.User.IsInRole(nameof(AccountRole.Curator)) || context.User.IsInRole(nameof(AccountRole.Administrator));

    /// <summary>The account's display name, or null for an anonymous visitor.</summary>
    public static string? DisplayName(this HttpContext context) => context.User.FindFirstValue(Session.DisplayName);

    /// <summary>The session of the request, or null for an anonymous visitor.</summary>
    public static CurrentSession? CurrentSession(this HttpContext context) => context.Features.Get<CurrentSession>();

    /// <summary>The account's trust level; that of a new one for an anonymous visitor.</summary>
    public static TrustLevel Trust(this HttpContext context) => context.CurrentSession()?.Trust ?? TrustLevel.New;

    /// <summary>Whether a script or program asks, for JSON and not for a page.</summary>
    public static bool WantsJson(this HttpRequest request) => request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);

    /// <summary>Whether the request comes from an administrator.</summary>
    public static bool IsAdministrator(this HttpContext context) => context.User.IsInRole(nameof(AccountRole.Administrator));
}
