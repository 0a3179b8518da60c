using DailyPapers.Digests;
using DailyPapers.Wording;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Languages;

/// <summary>
/// The language of a request: what the visitor chose, else the first that the browser asks for and the site has, else the
/// site's own. Feeds and the API speak the language that their address names, else the site's, since one address of theirs has
/// one content for everybody.
/// </summary>
internal static class RequestLanguage
{
    /// <summary>The cookie with the chosen language.</summary>
    public const string Cookie = "papers-language";

    private const string Parameter = "language";

    public static void UseRequestLanguage(this IApplicationBuilder app)
    {
        var site = app.ApplicationServices.GetRequiredService<IOptions<SiteOptions>>();
        app.Use((context, next) =>
        {
            Speech.Use(Of(context.Request, OfferedLanguages.Find(site.Value.Language) ?? OfferedLanguages.English));
            context.Response.OnStarting(static response => Tell((HttpResponse)response), context.Response);
            return next(context);
        });
    }

    private static Texts Of(HttpRequest request, Texts site) => IsForPrograms(request.Path)
        ? OfferedLanguages.Find(request.Query[Parameter]) ?? site
        : OfferedLanguages.Find(request.Cookies[Cookie]) ?? AskedFor(request) ?? site;

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/notifications/feed") || path.Value!.EndsWith(".atom", StringComparison.Ordinal);

    private static Texts? AskedFor(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(language => language.Quality is null or > 0)
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => OfferedLanguages.Find(language.Value.Value))
        .FirstOrDefault(texts => texts is not null);

    // A page differs by the language asked for, by the language chosen and by the session.
    private static Task Tell(HttpResponse response)
    {
        if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) is true && !response.Headers.ContainsKey("Content-Language"))
        {
            response.Headers.ContentLanguage = Speech.T.Language;
            response.Headers.Append("Vary", "Accept-Language, Cookie");
        }
        return Task.CompletedTask;
    }
}
