using DailyPapers.Web.Caching;
using DailyPapers.Web.Layout;

namespace DailyPapers.Web.Pages.About;

/// <summary>What the site is.</summary>
internal static class AboutRoutes
{
    private const string Robots = """
        User-agent: *
        Disallow: /account
        Disallow: /admin/
        Disallow: /comments/
        Disallow: /moderation
        Disallow: /notifications
        Disallow: /search
        Disallow: /subscribe/confirm
        Disallow: /unsubscribe
        """;

    public static void MapAboutPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/about", () => Page.Of<AboutPage>()).CacheOutput(AnonymousPageCaching.Name);
        // Also for strangers on a private site: it is read before an account is made.
        routes.MapGet("/privacy", () => Page.Of<PrivacyPage>()).AllowAnonymous().CacheOutput(AnonymousPageCaching.Name);
        routes.MapGet("/robots.txt", () => Results.Text(Robots + "\n")).AllowAnonymous();
    }
}
